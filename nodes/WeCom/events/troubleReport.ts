import type { ITriggerFunctions } from 'n8n-workflow';
import { toNodeError } from '../../actions/toNodeError';
import type { Clock } from '../../transport/Clock';
import { ServiceError } from '../../transport/ServiceError';
import { passingProblems } from '../../triggers/passingProblems';
import { isLastingTrouble } from './accountReader';

/** Trouble that keeps messages from coming. */
export interface TroubleReport {
	/** @param subject what cannot be read: an account, or null for the list of accounts */
	note(subject: string | null, error: unknown): void;
	noteOver(subject: string | null): void;
	/** Something that costs a detail only. */
	notePassing(problem: unknown): void;
}

export const TRIGGER_NAME = 'WeCom Customer Service Trigger';

/** What may pass by itself is reported only when it has not in this time. */
const REPORT_AFTER_MS = 15 * 60_000;

/**
 * Writes everything into the log, and reports what lasts once: as a failed execution, which starts the error workflow.
 */
export function troubleReport(
	context: ITriggerFunctions,
	clock: Pick<Clock, 'now'>,
): TroubleReport {
	const notePassing = passingProblems(context, TRIGGER_NAME);
	const sinceBySubject = new Map<string | null, number>();
	let reported = new Set<string>();

	return {
		note(subject, error) {
			notePassing(error);
			const now = clock.now();
			const since = sinceBySubject.get(subject) ?? now;
			sinceBySubject.set(subject, since);
			if (!isLastingTrouble(error) && now - since < REPORT_AFTER_MS) return;
			// The same secret fails for every account.
			const kind = (error instanceof ServiceError && error.code) || (error as Error).message;
			if (reported.has(kind)) return;
			reported.add(kind);
			context.saveFailedExecution(toNodeError(context.getNode(), error));
		},
		noteOver(subject) {
			sinceBySubject.delete(subject);
			if (sinceBySubject.size === 0) reported = new Set();
		},
		notePassing,
	};
}
