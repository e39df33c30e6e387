// usage: node cloudevents-receiver.mjs PORT [SECRET] — takes webhooks with the CloudEvents SDK, verifies signatures when there is a
// secret, and prints each new event as a line of JSON.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { HTTP } from 'cloudevents';

const [port, secret] = process.argv.slice(2);
const seen = new Set();

function isGenuine(header, body) {
  const parts = Object.fromEntries((header ?? '').split(',').map(part => part.split('=')));
  const expected = createHmac('sha256', secret).update(`${parts.t}.`).update(body).digest();
  const given = Buffer.from(parts.v1 ?? '', 'hex');
  const isFresh = Math.abs(Date.now() / 1000 - Number(parts.t)) < 300;
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected);
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (secret && !isGenuine(request.headers['fengsui-signature'], body)) {
      response.writeHead(401).end();
      return;
    }

    try {
      const events = [HTTP.toEvent({ headers: request.headers, body: body.toString('utf8') })].flat();
      for (const event of events) {
        event.validate();
        if (!seen.has(event.id)) {
          seen.add(event.id);
          console.log(JSON.stringify({ id: event.id, type: event.type, subject: event.subject, tier: event.tier, alert: event.data.alert }));
        }
      }

      response.writeHead(204).end();
    } catch (mistake) {
      console.error(String(mistake));
      response.writeHead(400).end();
    }
  });
}).listen(Number(port), '127.0.0.1', () => console.log('listening'));
