import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from './toNodeError';

/**
 * Makes a look-up that n8n's editor can call: it gets the context as an argument, and what goes wrong reads in the
 * editor as it does in a run.
 */
export function forEditor<Args extends unknown[], Result>(
	lookUp: (context: ILoadOptionsFunctions, ...args: Args) => Promise<Result>,
): (this: ILoadOptionsFunctions, ...args: Args) => Promise<Result> {
	return async function (this: ILoadOptionsFunctions, ...args: Args) {
		try {
			return await lookUp(this, ...args);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}
