import type { IExecuteFunctions } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { progressTeller } from '../../phonebookSync/progress';
import type { Circumstances } from '../../phonebookSync/writing';

/**
 * What a long run of writes needs of n8n: whom to tell, and when to stop.
 *
 * @param tellsEditor whether the editor hears of the progress, too, and not only the log
 */
export function circumstancesOf(context: IExecuteFunctions, tellsEditor: boolean): Circumstances {
	const signal = context.getExecutionCancelSignal();
	return {
		clock: systemClock,
		isCancelled: () => signal?.aborted ?? false,
		onProgress: progressTeller(systemClock, (text) => {
			context.logger.info(`${context.getNode().name}: ${text}`);
			if (tellsEditor) context.sendMessageToUI(text);
		}),
	};
}
