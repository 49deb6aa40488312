import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import mongoose from 'mongoose';

// Run by the launcher for a plant without demo: asks at the terminal for the first manager where there is none,
// and answers on descriptor 3. A process of its own, so that the launcher need not carry the driver for ever.
const ANSWER = 3;

const client = await mongoose.mongo.MongoClient.connect(process.env.MONGO_URI);
const name = process.env.MONGO_URI.match(/\/\/[^/]+\/([^/?]+)/)?.[1] ?? 'byte_astra';
const accounts = await client.db(name).collection('users').countDocuments({}, { limit: 1 });
await client.close();

if (accounts === 0) {
  if (process.stdin.isTTY) writeSync(ANSWER, JSON.stringify(await ask()));
  else console.error('There is no account yet: set ADMIN_USER and ADMIN_PASSWORD, then start again.');
}

async function ask() {
  console.log('There is no account yet. The first manager (who sets a new password at the first login):');
  const user = await question('User name: ');
  const password = await question('Password: ', { hidden: true });
  return { user, password };
}

async function question(text, { hidden = false } = {}) {
  process.stdout.write(text);
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) process.stdout.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  try {
    for await (const line of reader) {
      if (hidden) process.stdout.write('\n');
      if (line.trim()) return line.trim();
      process.stdout.write(text);
    }
  } finally {
    reader.close();
  }
  throw new Error('no answer');
}
