import type { Clock } from '../../transport/Clock';
import { waitAtMost } from '../../transport/waitAtMost';

/** Work by customer: in order for each, and for some customers at once. */
export interface CustomerQueue {
	/** @param work settles when the next piece of work of this customer may begin; may reject */
	add(customer: string, work: () => Promise<void>): void;
	/** Begins nothing more. */
	close(): void;
}

/** An execution that hangs must not hold up the customer for ever. */
export const LONGEST_TURN_MS = 5 * 60_000;

/**
 * @param customersAtATime for how many customers work is done at once
 * @param onProblem is told what work rejects with
 */
export function createCustomerQueue(
	customersAtATime: number,
	clock: Clock,
	onProblem: (problem: unknown) => void,
): CustomerQueue {
	/** The first piece of each line is the next one; a line of a customer at work stays, even if it is empty. */
	const lines = new Map<string, Array<() => Promise<void>>>();
	const atWork = new Set<string>();
	/** Customers with work who wait for their turn; whoever has had a turn goes to the end. */
	let inLine: string[] = [];

	const startNext = () => {
		while (atWork.size < customersAtATime && inLine.length > 0) {
			const customer = inLine.shift() as string;
			atWork.add(customer);
			void takeTurn(customer);
		}
	};

	async function takeTurn(customer: string): Promise<void> {
		const work = lines.get(customer)?.shift();
		if (work) await waitAtMost(LONGEST_TURN_MS, begun(work), clock).catch(onProblem);
		atWork.delete(customer);
		if ((lines.get(customer)?.length ?? 0) > 0) inLine.push(customer);
		else lines.delete(customer);
		startNext();
	}

	return {
		add(customer, work) {
			const line = lines.get(customer) ?? [];
			lines.set(customer, line);
			line.push(work);
			if (line.length === 1 && !atWork.has(customer)) inLine.push(customer);
			startNext();
		},

		close() {
			inLine = [];
			lines.clear();
		},
	};
}

/** Work that throws at once rejects like any other. */
async function begun(work: () => Promise<void>): Promise<void> {
	await work();
}
