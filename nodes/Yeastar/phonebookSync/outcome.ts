import { SERVICE } from '../transport/errors';
import { ServiceError } from '../../transport/ServiceError';

/** What to do after a write that did not succeed. */
export type Verdict =
	/** This contact cannot be written; the others can. */
	| 'failed'
	/** Nobody knows whether it was carried out. */
	| 'uncertain'
	/** No other contact would fare better. */
	| 'stop';

const STOPS: ReadonlySet<string> = new Set(['unreachable', 'credentials', 'permission', 'limit']);
const MAX_LIMITATION_EXCEEDED = '60002';
const ACTION_FORBIDDEN = '70084';
const PHONEBOOK_NOT_EXISTED = '70093';
const STOP_CODES: ReadonlySet<string | undefined> = new Set([
	MAX_LIMITATION_EXCEEDED,
	ACTION_FORBIDDEN,
	PHONEBOOK_NOT_EXISTED,
]);

export function verdictOn(error: unknown): Verdict {
	if (!(error instanceof ServiceError)) return 'stop';
	if (STOPS.has(error.kind) || STOP_CODES.has(error.code)) return 'stop';
	return error.mayHaveBeenCarriedOut ? 'uncertain' : 'failed';
}

/**
 * The error with which a run ends in the middle: what happened, and how far it came.
 *
 * @param howFar such as `1,200 of 5,000 contacts written`
 */
export function stoppedBy(error: unknown, book: string, howFar: string): Error {
	if (!(error instanceof ServiceError)) return error as Error;
	const { message, advice } = explained(error, book);
	return new ServiceError({
		service: SERVICE,
		kind: error.kind,
		code: error.code,
		httpStatus: error.httpStatus,
		message: `${message} (phonebook "${book}": ${howFar})`,
		advice: `${advice} The next run goes on where this one stopped.`,
		cause: error,
	});
}

function explained(error: ServiceError, book: string): Pick<ServiceError, 'message' | 'advice'> {
	if (error.code === MAX_LIMITATION_EXCEEDED) {
		return {
			message: 'The PBX takes no more contacts (MAX LIMITATION EXCEEDED)',
			advice:
				'Synchronise fewer customers, or delete contacts that nobody needs. Set Most Contacts in the options to what your PBX keeps: then this is said before anything is written.',
		};
	}
	if (error.code === ACTION_FORBIDDEN) {
		return {
			message: `The PBX lets nobody write into the phonebook "${book}"`,
			advice:
				'Phonebooks that are synchronised from another system are read-only. Choose another phonebook, or type a new name with Create if Missing on.',
		};
	}
	return error;
}
