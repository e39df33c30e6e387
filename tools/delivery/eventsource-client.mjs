// usage: node eventsource-client.mjs URL [KEY] — follows alerts as a browser does and prints each as "number id".
import { EventSource } from 'eventsource';

const [url, key] = process.argv.slice(2);
const authorized = (address, init) => fetch(address, { ...init, headers: { ...init.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) } });
const stream = new EventSource(url, { fetch: authorized });
stream.addEventListener('open', () => console.log('open'));
stream.addEventListener('alert', event => console.log(`${event.lastEventId} ${JSON.parse(event.data).id}`));
