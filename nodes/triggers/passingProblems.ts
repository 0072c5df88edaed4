import type { ITriggerFunctions } from 'n8n-workflow';
import { systemClock } from '../transport/Clock';
import { createMemory } from '../transport/memory';
import { ServiceError } from '../transport/ServiceError';

/** The same trouble is written into the log that often. */
const SAY_AGAIN_MS = 15 * 60_000;
const MOST_PROBLEMS = 50;

/**
 * What a trigger does with trouble that passes by itself: it writes it into the log, but not all the time.
 *
 * @param trigger as people call it
 */
export function passingProblems(
	context: ITriggerFunctions,
	trigger: string,
): (error: unknown) => void {
	const said = createMemory<true>(SAY_AGAIN_MS, MOST_PROBLEMS);
	return (error) => {
		const { message } = error as Error;
		const now = systemClock.now();
		if (said.get(message, now)) return;
		said.set(message, true, now);
		const advice = error instanceof ServiceError ? `. ${error.advice}` : '';
		context.logger.warn(`${trigger} goes on after a problem: ${message}${advice}`, {
			workflowId: context.getWorkflow().id,
		});
	};
}
