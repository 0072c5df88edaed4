import { isEqual } from 'lodash';
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
import { inTurn, surveyAfter, surveys, type Survey } from './survey';
import { inputReader, type Input } from './wishes';
import type { Circumstances, Done } from './writing';

/** A PBX that runs of the same process wait for each other at. */
export type SyncConnection = Pick<YeastarPbx, 'get' | 'post' | 'baseUrl'>;

export interface SyncRequest {
	phonebook: PhonebookChoice;
	mode: SyncMode;
	settings: SyncSettings;
}

interface Prepared {
	/** What a run before has read, if that is new enough. */
	known: Survey | undefined;
	survey: Survey;
	/** How many the input wishes for. */
	customers: number;
	plan: Plan;
	room: Room;
	obstacles: Obstacle[];
}

const nothingDone = (): Done => ({
	created: 0,
	updated: 0,
	deleted: 0,
	failed: [],
	ids: new Map(),
});
/** Reading numbers takes the processor; between so many customers others get their turn. */
const CUSTOMERS_AT_ONCE = 1_000;

/**
 * Makes a phonebook hold the customers. Runs that write to the same PBX wait for each other within a process: two that
 * compare at the same time would both create what is missing.
 *
 * @param items each a customer, or with one under `customer`
 * @throws ServiceError if nothing may be written, or if nothing more can be; it says what was done
 */
export async function synchronize(
	items: readonly object[],
	request: SyncRequest,
	connection: SyncConnection,
	circumstances: Circumstances,
): Promise<SyncReport> {
	const work = async () => await synchronizeInTurn(items, request, connection, circumstances);
	return request.mode === 'preview' ? await work() : await inTurn(connection.baseUrl, work);
}

async function synchronizeInTurn(
	items: readonly object[],
	request: SyncRequest,
	connection: SyncConnection,
	circumstances: Circumstances,
): Promise<SyncReport> {
	const { mode } = request;
	const { clock } = circumstances;
	const startedAt = clock.now();
	const pbx = countedPbx(connection);
	const prepared = await prepare(items, request, connection, pbx, circumstances, startedAt);
	const { known, survey, customers, plan, room, obstacles } = prepared;
	const { book } = survey;
	const facts = () => ({
		phonebook: { id: book.id, name: book.name, created: false },
		mode,
		customers,
		plan,
		room,
		requests: pbx.requests,
		seconds: Math.round((clock.now() - startedAt) / 100) / 10,
	});
	if (mode === 'preview') return reportOfPreview(facts(), obstacles);
	refuseFor(obstacles);
	const isNew = book.id === null;
	const id = book.id ?? (await createPhonebook(pbx, book.name));
	const done = hasChanges(plan)
		? await carryOut(plan, { id, name: book.name }, pbx, circumstances)
		: nothingDone();
	const after = mode === 'changesOnly' ? surveyAfter(survey, plan, done) : null;
	// The age of what was read counts, not that of the last change.
	if (after) surveys.set(connection.baseUrl, after, known ? known.readAt : startedAt);
	return reportOfRun({ ...facts(), phonebook: { id, name: book.name, created: isNew } }, done);
}

/** What was read from the items is let go of with the return: writing takes long, and the plan holds all that it needs. */
async function prepare(
	items: readonly object[],
	{ phonebook: choice, mode, settings }: SyncRequest,
	connection: SyncConnection,
	pbx: CountedPbx,
	circumstances: Circumstances,
	startedAt: number,
): Promise<Prepared> {
	const input = await readInput(items, settings, circumstances);
	const known = mode === 'changesOnly' ? knownSurvey(connection, choice, startedAt) : undefined;
	if (mode !== 'preview') surveys.delete(connection.baseUrl);
	const survey = known ?? (await surveyOf(pbx, choice, mode, settings, startedAt));
	const customers = [...input.readings.values()].filter(({ kind }) => kind === 'wish').length;
	return { known, survey, customers, ...planFor(input, survey, settings, startedAt) };
}

function knownSurvey(
	{ baseUrl }: SyncConnection,
	choice: PhonebookChoice,
	now: number,
): Survey | undefined {
	const survey = surveys.get(baseUrl, now);
	return survey && isEqual(survey.choice, choice) ? survey : undefined;
}

async function surveyOf(
	pbx: CountedPbx,
	choice: PhonebookChoice,
	mode: SyncMode,
	{ mostContacts }: SyncSettings,
	now: number,
): Promise<Survey> {
	const book = await findPhonebook(pbx, choice);
	if (mode !== 'preview')
		refuseFor(obstaclesOfBook({ ...book, foreignContacts: 0, foreignName: '' }));
	const model = mostContacts > 0 ? null : await readModel(pbx);
	return { choice, book, model, contents: await readContents(pbx, book), readAt: now };
}

function planFor(
	input: Input,
	{ book, model, contents }: Survey,
	settings: SyncSettings,
	now: number,
): { plan: Plan; room: Room; obstacles: Obstacle[] } {
	const { contacts, own, foreignContacts, foreignName } = contents;
	const plan = planOf(input, own, book.id ?? NO_PHONEBOOK, settings, now);
	const most = settings.mostContacts > 0 ? settings.mostContacts : (model?.mostContacts ?? null);
	const room: Room = { contacts, most, model: model?.name ?? null };
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
