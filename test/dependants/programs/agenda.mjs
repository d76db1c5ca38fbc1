// Agenda's jobs, kept and locked by its backend for MongoDB.
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

const client = await new MongoClient(process.env.DATABASE_URI).connect();
await client.db().dropDatabase();

const backend = new MongoBackend({ mongo: client.db(), collection: 'jobs' });
const agenda = new Agenda({ backend, processEvery: 50 });
const done = [];
agenda.define('greet', async job => void done.push(job.attrs.data.name));
agenda.define('fail', async () => {
  throw new Error('mine');
});
const failed = new Promise(resolve => agenda.on('fail:fail', error => resolve(error.message)));

await agenda.start();
await agenda.now('greet', { name: 'Ada' });
await agenda.schedule(new Date(Date.now() + 100), 'greet', { name: 'Bob' });
await agenda.now('fail');
const job = await agenda.every('1 hour', 'greet', { name: 'Cid' });
console.log('repeats', job.attrs.repeatInterval);
while (done.length < 3) await sleep(20);
console.log('done', done.sort());
console.log('failed', await failed);
await sleep(200);
const jobs = await client.db().collection('jobs').find().sort({ name: 1, 'data.name': 1 }).toArray();
console.log('jobs', JSON.stringify(jobs.map(({ name, data, type }) => [name, data?.name, type])));
const indexes = await client.db().collection('jobs').indexes();
console.log('indexes', JSON.stringify(indexes.map(({ key }) => Object.keys(key).join(' '))));
console.log('cancelled', await agenda.cancel({ name: 'greet' }));
await agenda.stop();
await client.db().dropDatabase();
await client.close();
process.exit(); // agenda has timers of its own that outlive stop()
