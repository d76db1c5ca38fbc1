// A certificate for the loopback address, made when it is needed, and signed by another: some clients trust no other way.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const ipAddress = 7;

export interface Certificate {
  key: string;
  cert: string;
  /** The one that signed it as a file, for clients to trust; gone when this process ends. */
  file: string;
}

const kind = { keyType: 'ec', algorithm: 'sha256' } as const;

export async function makeCertificate(): Promise<Certificate> {
  const authority = await generate([{ name: 'commonName', value: 'canned' }], {
    ...kind,
    extensions: [{ name: 'basicConstraints', cA: true }]
  });
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...kind,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: ipAddress, ip: '127.0.0.1' }] },
      { name: 'basicConstraints', cA: false }
    ]
  });
  const folder = mkdtempSync(join(tmpdir(), 'bench-tls-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, authority.cert);
  return { key, cert, file };
}
