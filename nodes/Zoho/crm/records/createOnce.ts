import { createHash } from 'crypto';
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { itemOfRun } from '../../../actions/itemOfRun';
import { systemClock } from '../../../transport/Clock';
import { createMemory } from '../../../transport/memory';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { ServiceError } from '../../../transport/ServiceError';
import { successOf, ZOHO_CRM, type WriteSuccess } from '../../transport/errors';
import { modulePath } from '../../transport/paths';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { zohoDateTime } from '../../dateTimes';

/** One record to create for one item. */
export interface Creation {
	/** API name. */
	module: string;
	record: IDataObject;
	/** The `trigger` key or nothing, see `automationsOf`. */
	automations: IDataObject;
	/** What a person looks for in Zoho CRM, such as its name. */
	title: string;
	/**
	 * Finds records like this one without the search index, which lags behind: with `id`, the newest first.
	 *
	 * @param since Zoho's format; those that were created before it do not count
	 */
	findAlike(since: string): Promise<IDataObject[]>;
}

/** Longer than n8n goes on trying a node (5 tries, 5 seconds between them). */
const REMEMBER_MS = 3_600_000;
const MAX_REMEMBERED = 20_000;

/** By how much the clocks of n8n and Zoho may differ. */
const CLOCK_DIFFERENCE_MS = 60_000;

const created = onceOnlyWriter<WriteSuccess>(REMEMBER_MS, MAX_REMEMBERED);
const firstTries = createMemory<number>(REMEMBER_MS, MAX_REMEMBERED);
const idsOfItems = createMemory<true>(REMEMBER_MS, MAX_REMEMBERED);

/**
 * Creates a record once for an item, however often n8n tries the node: then all items are run again, also those that
 * have their record. What became of a request whose answer got lost is looked up before the request is repeated.
 * The next execution creates again.
 */
export async function createOnce(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	itemIndex: number,
	creation: Creation,
): Promise<WriteSuccess> {
	const key = keyOf(context, client, itemIndex, creation);
	const began = firstTries.get(key, systemClock.now()) ?? systemClock.now();
	firstTries.set(key, began, systemClock.now());
	const keyOfId = (id: unknown) => `${client.organizationKey} ${String(id)}`;
	const { result } = await created.run(key, {
		clock: systemClock,
		write: async () => await createRecord(client, creation),
		lookUp: async () => {
			const since = DateTime.fromMillis(began - CLOCK_DIFFERENCE_MS, { zone: 'utc' });
			const alike = await creation
				.findAlike(zohoDateTime(since))
				.catch(maybeCreated(creation.module, creation.title));
			// Two items may want the same; the record of one is not that of the other.
			const own = alike.find(({ id }) => !idsOfItems.get(keyOfId(id), systemClock.now()));
			return own ? { id: String(own.id), details: own } : null;
		},
	});
	idsOfItems.set(keyOfId(result.id), true, systemClock.now());
	return result;
}

/** One try. */
export async function createRecord(
	client: ZohoCrmClient,
	{ module, record, automations }: Pick<Creation, 'module' | 'record' | 'automations'>,
): Promise<WriteSuccess> {
	const { body } = await client.write({
		method: 'POST',
		path: modulePath(module),
		body: { data: [record], ...automations },
	});
	return successOf((body?.data as IDataObject[] | undefined)?.[0]);
}

/** For `promise.catch`: says that the record may be there, when it could not even be looked up. */
export function maybeCreated(module: string, title: string): (error: unknown) => never {
	return (error) => {
		if (!(error instanceof ServiceError)) throw error;
		throw new ServiceError({
			service: ZOHO_CRM,
			kind: error.kind,
			code: error.code,
			httpStatus: error.httpStatus,
			message: 'Nobody knows whether Zoho CRM has created the record: its answer got lost',
			advice: `Look in Zoho CRM for "${title}" in ${module} before you create it again. Looking for it failed, too: ${error.message}. ${error.advice}`,
			cause: error,
		});
	};
}

function keyOf(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	itemIndex: number,
	{ module, record }: Creation,
): string {
	return createHash('sha256')
		.update(
			JSON.stringify([client.organizationKey, ...itemOfRun(context, itemIndex), module, record]),
		)
		.digest('hex');
}
