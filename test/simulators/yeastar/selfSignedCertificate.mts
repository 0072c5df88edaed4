import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate as an appliance in a LAN has it: signed by nobody. Needs the `openssl` command. */
export function selfSignedCertificate(host: string): { key: string; cert: string } {
	const folder = mkdtempSync(join(tmpdir(), 'pbx-certificate-'));
	try {
		const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
		const subject = ['-subj', '/CN=Yeastar PBX', '-addext', `subjectAltName=IP:${host}`];
		const form = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
		execFileSync('openssl', ['req', ...form, ...subject, '-keyout', key, '-out', cert], {
			stdio: 'ignore',
		});
		return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
