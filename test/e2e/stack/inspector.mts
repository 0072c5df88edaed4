import { WebSocket } from 'ws';

import { freePort } from './freePort.mts';

/** Looks into a running Node process that was started with --inspect (Chrome DevTools Protocol). */
export interface Inspector {
	/** Bytes in use on the heap of the main thread, after everything that can be collected has been. */
	heapUsed(): Promise<number>;
	startProfile(): Promise<void>;
	/** What the processor did since then, in the form of a file `.cpuprofile`. */
	stopProfile(): Promise<unknown>;
	/** Of the whole process as it is, without collecting anything. */
	memoryUsage(): Promise<NodeJS.MemoryUsage>;
	close(): void;
}

interface Answer {
	id: number;
	result?: Record<string, unknown>;
	error?: { message: string };
}

/** An n8n that can be looked into. */
export interface Inspectable {
	/** Starts it. */
	nodeArguments: string[];
	/** Once it runs; again after each start. */
	open(): Promise<Inspector>;
}

export async function inspectable(): Promise<Inspectable> {
	const port = await freePort();
	return {
		nodeArguments: [`--inspect=127.0.0.1:${port}`],
		open: async () => await openInspector(port),
	};
}

async function openInspector(port: number): Promise<Inspector> {
	const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
	const [{ webSocketDebuggerUrl }] = (await answer.json()) as Array<{
		webSocketDebuggerUrl: string;
	}>;
	const socket = new WebSocket(webSocketDebuggerUrl);
	await new Promise<void>((resolve, reject) => {
		socket.once('open', () => resolve());
		socket.once('error', reject);
	});

	let lastId = 0;
	const send = async (method: string, params = {}): Promise<Record<string, unknown>> => {
		const id = ++lastId;
		return await new Promise((resolve, reject) => {
			const listen = (data: unknown) => {
				const { id: answered, result, error } = JSON.parse(String(data)) as Answer;
				if (answered !== id) return;
				socket.off('message', listen);
				if (error) reject(new Error(`${method}: ${error.message}`));
				else resolve(result ?? {});
			};
			socket.on('message', listen);
			socket.send(JSON.stringify({ id, method, params }));
		});
	};
	await send('HeapProfiler.enable');
	await send('Profiler.enable');

	return {
		async heapUsed() {
			// What a first collection lets go of by finalizers only a second one collects.
			await send('HeapProfiler.collectGarbage');
			await send('HeapProfiler.collectGarbage');
			return Number((await send('Runtime.getHeapUsage')).usedSize);
		},
		startProfile: async () => void (await send('Profiler.start')),
		stopProfile: async () => (await send('Profiler.stop')).profile,
		async memoryUsage() {
			const { result } = (await send('Runtime.evaluate', {
				expression: 'process.memoryUsage()',
				returnByValue: true,
			})) as { result: { value: NodeJS.MemoryUsage } };
			return result.value;
		},
		close: () => socket.terminate(),
	};
}
