import { createServer, type AddressInfo } from 'node:net';

/** A port on 127.0.0.1 that was free a moment ago: the one wished for if possible. */
export async function freePort(wished = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', () => {
			if (wished === 0) reject(new Error('This machine has no free port'));
			else resolve(freePort());
		});
		server.listen(wished, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
