import { ServiceError } from '../../transport/ServiceError';
import { readModel } from '../pbxModel';
import { SERVICE } from '../transport/errors';
import type { YeastarPbx } from '../transport/yeastarPbx';
import { carryOut } from './carryOut';
import { createPhonebook, findPhonebook, type PhonebookChoice } from './chosenPhonebook';
import { countedPbx, type CountedPbx } from './countedPbx';
import { obstaclesOf, obstaclesOfBook, type Obstacle, type Room } from './obstacles';
import { NO_PHONEBOOK, planOf, type Plan } from './plan';
import { readContents } from './readContents';
import { reportOfPreview, reportOfRun, type SyncMode, type SyncReport } from './report';
import type { SyncSettings } from './settings';
import { inputReader, type Input } from './wishes';
import type { Circumstances, Done } from './writing';

export interface SyncRequest {
	phonebook: PhonebookChoice;
	mode: SyncMode;
	settings: SyncSettings;
}

const NOTHING_DONE: Done = { created: 0, updated: 0, deleted: 0, failed: [] };
/** Reading numbers takes the processor; between so many customers others get their turn. */
const CUSTOMERS_AT_ONCE = 1_000;

/**
 * Makes a phonebook hold the customers.
 *
 * @param items each a customer, or with one under `customer`
 * @throws ServiceError if nothing may be written, or if nothing more can be; it says what was done
 */
export async function synchronize(
	items: readonly object[],
	{ phonebook: choice, mode, settings }: SyncRequest,
	connection: Pick<YeastarPbx, 'get' | 'post'>,
	circumstances: Circumstances,
): Promise<SyncReport> {
	const startedAt = circumstances.clock.now();
	const pbx = countedPbx(connection);
	const book = await findPhonebook(pbx, choice);
	if (mode !== 'preview')
		refuseFor(obstaclesOfBook({ ...book, foreignContacts: 0, foreignName: '' }));
	const input = await readInput(items, settings, circumstances);
	const { plan, room, obstacles } = await planFor(input, book, pbx, settings);
	const facts = () => ({
		phonebook: { id: book.id, name: book.name, created: false },
		mode,
		customers: [...input.readings.values()].filter(({ kind }) => kind === 'wish').length,
		plan,
		room,
		requests: pbx.requests,
		seconds: Math.round((circumstances.clock.now() - startedAt) / 100) / 10,
	});
	if (mode === 'preview') return reportOfPreview(facts(), obstacles);
	refuseFor(obstacles);
	const isNew = book.id === null;
	const id = book.id ?? (await createPhonebook(pbx, book.name));
	const done = hasChanges(plan)
		? await carryOut(plan, { id, name: book.name }, pbx, circumstances)
		: NOTHING_DONE;
	return reportOfRun({ ...facts(), phonebook: { id, name: book.name, created: isNew } }, done);
}

async function planFor(
	input: Input,
	book: Awaited<ReturnType<typeof findPhonebook>>,
	pbx: CountedPbx,
	settings: SyncSettings,
): Promise<{ plan: Plan; room: Room; obstacles: Obstacle[] }> {
	const model =
		settings.mostContacts > 0
			? { name: null, mostContacts: settings.mostContacts }
			: await readModel(pbx);
	const { contacts, own, foreignContacts, foreignName } = await readContents(pbx, book);
	const plan = planOf(input, own, book.id ?? NO_PHONEBOOK, settings);
	const room: Room = { contacts, most: model.mostContacts, model: model.name };
	const bookFacts = { ...book, foreignContacts, foreignName };
	return { plan, room, obstacles: obstaclesOf(plan, bookFacts, room, settings) };
}

async function readInput(
	items: readonly object[],
	settings: SyncSettings,
	{ clock }: Circumstances,
): Promise<Input> {
	const { input, add } = inputReader(settings);
	for (let from = 0; from < items.length; from += CUSTOMERS_AT_ONCE) {
		if (from > 0) await clock.sleep(0);
		items.slice(from, from + CUSTOMERS_AT_ONCE).forEach((item, index) => add(item, from + index));
	}
	return input;
}

function hasChanges({ deletions, updates, creations }: Plan): boolean {
	return deletions.length + updates.length + creations.length > 0;
}

function refuseFor(obstacles: readonly Obstacle[]): void {
	if (obstacles.length === 0) return;
	throw new ServiceError({ service: SERVICE, kind: 'refused', ...obstacles[0] });
}
