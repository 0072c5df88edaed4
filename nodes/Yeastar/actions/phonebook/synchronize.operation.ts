import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { countryOf } from '../../callParameters';
import type { SyncMode, SyncReport } from '../../phonebookSync/report';
import type { SyncSettings } from '../../phonebookSync/settings';
import { synchronize as synchronizePhonebook } from '../../phonebookSync/synchronize';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { circumstancesOf } from './circumstances';
import { phonebookChoice } from './phonebookChoice';
import { optionDefaults, synchronizeFields } from './synchronizeFields';

/** Makes a phonebook hold the customers of all items; gives one report. */
export const synchronize: Operation = {
	runsOnce: true,
	description: shownFor('phonebook', 'synchronize', synchronizeFields),

	async execute(context) {
		const mode = context.getNodeParameter('mode', 0) as SyncMode;
		const given = context.getNodeParameter('options', 0) as IDataObject;
		const options = { ...optionDefaults, ...given };
		const request = {
			phonebook: phonebookChoice(
				context,
				0,
				context.getNodeParameter('createIfMissing', 0) as boolean,
			),
			mode,
			settings: settingsOf(context, mode, options),
		};
		const pbx = await yeastarPbx(context, 0);
		const report = await synchronizePhonebook(
			context.getInputData().map(({ json }) => json),
			request,
			pbx,
			circumstancesOf(context, options.showProgress === true),
		);
		tellWhatFailed(context, report);
		return [{ json: report as unknown as IDataObject }];
	},
};

function settingsOf(
	context: IExecuteFunctions,
	mode: SyncMode,
	options: IDataObject,
): SyncSettings {
	const previewOf = mode === 'preview' ? context.getNodeParameter('previewOf', 0) : mode;
	const isFull = previewOf === 'full';
	return {
		isFull,
		completeSources: isFull ? listed(context.getNodeParameter('completeSources', 0)) : [],
		numberFormat: options.numberFormat as SyncSettings['numberFormat'],
		country: countryOf(options.defaultCountry, context.getNode(), 0),
		sharedNumbers: options.sharedNumbers as SyncSettings['sharedNumbers'],
		moduleOrder: listed(options.moduleOrder),
		mostDeletionsPercent: Number(options.mostDeletions),
		mostContacts: Number(options.mostContacts),
	};
}

/** A list typed with commas, or given by an expression. */
function listed(given: unknown): string[] {
	return (Array.isArray(given) ? given : String(given ?? '').split(','))
		.map((each) => String(each).trim())
		.filter((each) => each !== '');
}

function tellWhatFailed(context: IExecuteFunctions, { failed, failedTotal }: SyncReport): void {
	if (failedTotal === 0) return;
	const [{ name, reason }] = failed;
	context.addExecutionHints({
		message: `${failedTotal} contacts could not be written; see "failed" in the report. The first is "${name}": ${reason}`,
		location: 'outputPane',
	});
}
