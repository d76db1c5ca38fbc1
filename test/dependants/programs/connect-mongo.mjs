// A web server with express-session, whose sessions connect-mongo keeps: a counter that survives from visit to visit.
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { promisify } from 'node:util';
import MongoStore from 'connect-mongo';
import session from 'express-session';
import { MongoClient } from 'mongodb';

const client = await new MongoClient(process.env.DATABASE_URI).connect();
await client.db().dropDatabase();
const store = MongoStore.create({ client, ttl: 60, touchAfter: 1, autoRemove: 'native' });
const withSession = session({ store, secret: 'a test', resave: false, saveUninitialized: false });
const server = createServer((request, response) => {
  withSession(request, response, () => {
    request.session.visits = (request.session.visits ?? 0) + 1;
    response.end(String(request.session.visits));
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');

let cookie;
async function visit() {
  const [answer] = await once(
    get({ port: server.address().port, headers: cookie ? { cookie } : {} }),
    'response'
  );
  cookie ??= answer.headers['set-cookie'][0].split(';')[0];
  return (await answer.toArray()).join('');
}

console.log('visits', await visit(), await visit(), await visit());
const of = method => promisify(store[method].bind(store));
console.log(
  'sessions',
  await of('length')(),
  (await of('all')()).map(({ visits }) => visits)
);
const indexes = await client.db().collection('sessions').indexes();
console.log(
  'indexes',
  indexes.map(({ name, expireAfterSeconds }) => [name, expireAfterSeconds])
);
const [{ _id: id }] = await client.db().collection('sessions').find().toArray();
console.log('touched', await of('touch')(id, await of('get')(id)));
console.log('destroyed', await of('destroy')(id), await of('get')(id));
console.log('cleared', await of('clear')(), await of('length')());

server.close();
server.closeAllConnections();
await client.db().dropDatabase();
await client.close();
const own = MongoStore.create({ mongoUrl: process.env.DATABASE_URI });
await promisify(own.set.bind(own))('one', { cookie: {}, visits: 7 });
console.log('its own client', (await promisify(own.get.bind(own))('one')).visits);
await own.close();
