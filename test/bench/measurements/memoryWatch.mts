import type { Inspector } from '../../e2e/stack/inspector.mts';
import { forgetPeak, memoryOf } from '../processMemory.mts';

/** What n8n's process needed beyond what it had before, MB (10^6 bytes); null where the system does not tell. */
export interface MemoryGrowth {
	/** The whole process at its peak. */
	process: number | null;
	/** On the heap of the main thread, after garbage collections. */
	heap: number;
	/** What V8 had reserved for that heap, garbage and free room included. */
	heapReserved: number;
	/** Buffers and the like outside the heap. */
	outsideHeap: number;
}

const LOOK_AGAIN_MS = 3_000;

/**
 * Watches a run: looks every three seconds, and has garbage collected each time, so that what is left on the heap is what
 * the run needs. How much garbage lies about otherwise says more about the machine, since Node collects late where memory
 * is plentiful.
 */
export async function watchMemory(
	inspector: Inspector,
	processId: number,
): Promise<{ stop(): Promise<MemoryGrowth> }> {
	const heapBefore = await inspector.heapUsed();
	const before = await inspector.memoryUsage();
	const residentBefore = memoryOf(processId).now;
	forgetPeak(processId);
	const most = { heap: 0, heapReserved: 0, outsideHeap: 0 };
	let isOver = false;

	const look = async () => {
		const { heapTotal, external } = await inspector.memoryUsage();
		most.heapReserved = Math.max(most.heapReserved, heapTotal - before.heapTotal);
		most.outsideHeap = Math.max(most.outsideHeap, external - before.external);
		most.heap = Math.max(most.heap, (await inspector.heapUsed()) - heapBefore);
	};
	const looking = (async () => {
		while (!isOver) {
			await look();
			await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
		}
	})();

	return {
		async stop() {
			isOver = true;
			await looking;
			const { peak } = memoryOf(processId);
			return {
				process: peak === null || residentBefore === null ? null : peak - residentBefore,
				heap: inMegabytes(most.heap),
				heapReserved: inMegabytes(most.heapReserved),
				outsideHeap: inMegabytes(most.outsideHeap),
			};
		},
	};
}

const inMegabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
