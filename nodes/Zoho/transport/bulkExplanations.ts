import type { Explain, Explanation } from './explanations';

const notBulkReadable: Explain = ({ code }) => ({
	kind: 'refused',
	message: `Zoho CRM does not give this module by bulk read (${code})`,
	advice: 'Set Read By to Automatic or to Pages.',
});

const noSuchField: Explain = ({ code, details = {} }) => ({
	kind: 'refused',
	message: `Zoho CRM does not give the field ${details.api_name ?? 'that was asked for'} by bulk read (${code})`,
	advice: 'Set Read By to Automatic or to Pages.',
});

/** Zoho keeps jobs and their files about a day (zoho-crm.md, 4.8). */
export const LOST_JOB: Explanation = {
	kind: 'notFound',
	message: 'Zoho CRM does not know this bulk read any more',
	advice: 'Run the node again, or set Read By to Pages.',
};

/** The codes of bulk reads (zoho-crm.md, 4.8). */
export const BULK_EXPLANATIONS: Readonly<Record<string, Explain>> = {
	FIELD_NOT_AVAILABLE: noSuchField,
	FIELD_NOT_SUPPORTED: noSuchField,
	JOB_NOT_SUPPORTED: notBulkReadable,
	MODULE_NOT_AVAILABLE: notBulkReadable,
	MODULE_NOT_SUPPORTED: notBulkReadable,
	NOT_SUPPORTED_FEATURE: () => ({
		kind: 'refused',
		message: 'The edition of Zoho CRM has no bulk read (NOT_SUPPORTED_FEATURE)',
		advice: 'Set Read By to Automatic or to Pages.',
	}),
};
