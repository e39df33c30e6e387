"""A mail server on loopback by aiosmtpd: prints each mail that it takes as a line of JSON.

usage: mail_server.py PORT USER PASSWORD CERTIFICATE KEY [MODE]

MODE is starttls (when left out), plain or login (starttls with only this way to log in), implicit, or clear.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Printer:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": str(mail["Subject"]),
            "id": mail["Message-ID"],
            "date": mail["Date"].datetime.isoformat(),
            "text": mail.get_content(),
            "tls": session.ssl is not None,
            "user": str(session.auth_data),
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
        }), flush=True)
        return "250 taken"


def main():
    port, user, password, certificate, key = int(sys.argv[1]), *sys.argv[2:6]
    mode = (sys.argv[6:] or ["starttls"])[0]
    excluded = {"plain": ["LOGIN"], "login": ["PLAIN"]}.get(mode, [])
    over_tls = {"implicit": {"auth_require_tls": False}, "clear": {"auth_require_tls": False}}
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, data):
        good = data.login.decode() == user and data.password.decode() == password
        return AuthResult(success=good, handled=good, auth_data=user if good else None)

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(Printer(), authenticator=authenticate, auth_required=True, auth_exclude_mechanism=excluded, loop=loop,
                         **over_tls.get(mode, {"tls_context": context, "require_starttls": True})),
            "127.0.0.1", port, ssl=context if mode == "implicit" else None)
        print("listening", flush=True)
        await server.serve_forever()

    asyncio.run(serve())


main()
