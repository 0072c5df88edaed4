import { systemClock } from '../../transport/Clock';
import type { OnceOnlyWriter } from '../../transport/onceOnlyWriter';
import { maybeWritten } from './maybeWritten';

/** One thing to write, and how to find out whether it is there. */
export interface OneWrite<Result> {
	/** For the message when nobody knows whether it was written: such as `ticket`, and what people look for. */
	what: string;
	title: string;
	/** Looks before the first try, too. */
	lookFirst: boolean;
	write(): Promise<Result>;
	/** Null if it is not there. */
	lookUp(): Promise<Result | null>;
}

/** Writes once for a key; says that it may be there when, after a try, it cannot even be looked up. */
export async function runOnce<Result>(
	writer: OnceOnlyWriter<Result>,
	key: string,
	{ what, title, lookFirst, write, lookUp }: OneWrite<Result>,
): Promise<{ result: Result; isNew: boolean }> {
	let hasTried = false;
	const { result, how } = await writer.run(key, {
		clock: systemClock,
		lookFirst,
		write: async () => {
			hasTried = true;
			return await write();
		},
		lookUp: async () =>
			await lookUp().catch((error: unknown) => {
				if (hasTried || !lookFirst) maybeWritten(what, title)(error);
				throw error;
			}),
	});
	return { result, isNew: how === 'written' };
}
