import type { Scenario } from '../../simulators/yeastar/scenario.mts';
import type { Measured, Measurement, Target, Tell } from '../Measurement.mts';
import { figure, median } from '../statistics.mts';
import { startRival, startTemplate, type CallLogger } from './callLoggers.mts';
import {
	costOf,
	fateOf,
	fateWhileDown,
	GRACE_SECONDS,
	type CostOfCalls,
	type FateOfCalls,
} from './loggedCalls.mts';

const CALLS_OF_A_KIND = 3;
const CALLS_OF_A_FATE = 5;

const KINDS = ['known caller', 'unknown caller', 'missed call of a known caller'] as const;
type Kind = (typeof KINDS)[number];

const DISORDER = [
	{ what: 'all end at once', delivery: {}, atOnce: true },
	{ what: 'each event comes twice', delivery: { repeat: 2 }, atOnce: false },
	{
		what: 'events come twice, in another order',
		delivery: { repeat: 2, shuffle: 7 },
		atOnce: false,
	},
];

/** API credits of Zoho CRM for one call. */
const MOST_CREDITS: Partial<Record<Kind, number>> = { 'known caller': 2, 'unknown caller': 4 };

export const vendorRequests: Measurement = {
	name: 'vendorRequests',
	title:
		'What one call costs PBX, CRM and n8n, and what becomes of calls in disorder: template calls-to-zoho-crm against a workflow of n8n’s own nodes (rival/calls-to-zoho-crm.json)',
	run,
};

type CallerScenario = Scenario & { from: string };

interface Results {
	who: CallLogger['who'];
	costs: Array<{ kind: Kind; cost: CostOfCalls }>;
	fates: Array<{ what: string; fate: FateOfCalls }>;
}

async function run(tell: Tell): Promise<Measured> {
	const sides = [await resultsOf(startTemplate, tell), await resultsOf(startRival, tell)];
	return {
		header: ['what', 'counted', ...sides.map(({ who }) => who)],
		rows: [...costRows(sides), ...fateRows(sides)],
		targets: targetsOf(sides[0]),
		notes: [
			`Costs are per call, of ${CALLS_OF_A_KIND} calls one after the other; the requests to the PBX are all that reached it meanwhile. Each call goes through a queue that rings three telephones. "From hanging up to the log" is the median; both wait two seconds of it for the records of the last stages. The rows about calls logged are of ${CALLS_OF_A_FATE} calls of numbers that no record has; they were counted when a later call had been logged, ${GRACE_SECONDS} seconds had passed or all were there, and nothing ran any more.`,
			'The rival was built as its user would: one push per stage of a call (event 30012 only), Remove Duplicates by call id over past executions, a stored PBX token, the call records for who answered, search by telephone in Contacts and then Leads, a table for the owners. All its requests to Zoho are HTTP Request nodes with n8n’s Zoho credential: the Zoho CRM node can neither search by telephone nor write calls, and asks API v2, which the simulator does not have; creating a lead costs the same request either way. It makes no link to the recording, checks no signature of the PBX, and searches no accounts. Where too many logs were counted, executions for stages of one call overlapped: Remove Duplicates reads what it has seen and stores it again without a lock (deduplication-helper.js of n8n). A limit of one production execution at a time for the whole n8n would keep it from that.',
		],
	};
}

async function resultsOf(start: typeof startTemplate, tell: Tell): Promise<Results> {
	const logger = await start(tell);
	const { who, stack } = logger;
	try {
		const costs: Results['costs'] = [];
		for (const kind of KINDS) {
			tell(`${who}: ${kind}`);
			costs.push({ kind, cost: await costOf(logger, scenariosOf(kind, logger)) });
		}
		const fates: Results['fates'] = [];
		for (const { what, delivery, atOnce } of DISORDER) {
			tell(`${who}: ${what}`);
			const calls = unknownCalls(fates.length);
			fates.push({ what, fate: await fateOf(logger, calls, delivery, { atOnce }) });
		}
		tell(`${who}: n8n is down`);
		fates.push({
			what: 'n8n is down while they end',
			fate: await fateWhileDown(logger, unknownCalls(fates.length)),
		});
		return { who, costs, fates };
	} finally {
		await stack.stop();
	}
}

const queueCall = (from: string, outcome: 'answered' | 'unanswered'): CallerScenario => ({
	kind: 'inboundThroughQueue',
	agentCount: 3,
	from,
	outcome,
});

function scenariosOf(kind: Kind, { stack }: CallLogger): CallerScenario[] {
	return Array.from({ length: CALLS_OF_A_KIND }, (_, serial) => {
		const end = `${KINDS.indexOf(kind)}${String(serial).padStart(2, '0')}`;
		if (kind !== 'unknown caller') {
			const name = { Last_Name: `Caller ${end}`, First_Name: 'Amina' };
			stack.zoho.insert('Contacts', { ...name, Phone: `0755-2660 1${end}` });
		}
		const outcome = kind === 'missed call of a known caller' ? 'unanswered' : 'answered';
		return queueCall(`075526601${end}`, outcome);
	});
}

const unknownCalls = (series: number): CallerScenario[] =>
	Array.from({ length: CALLS_OF_A_FATE }, (_, serial) =>
		queueCall(`07552661${series}${String(serial).padStart(3, '0')}`, 'answered'),
	);

function costRows(sides: Results[]): string[][] {
	const counted: Array<[string, (cost: CostOfCalls) => number]> = [
		['credits of the CRM', ({ crmCredits, calls }) => crmCredits / calls],
		['requests to the CRM', ({ crmRequests, calls }) => crmRequests / calls],
		['requests to the PBX', ({ pbxRequests, calls }) => pbxRequests / calls],
		['executions of n8n', ({ executions, calls }) => executions / calls],
		['runs of nodes', ({ nodes, calls }) => nodes / calls],
		['seconds from hanging up to the log', ({ secondsToLog }) => median(secondsToLog)],
	];
	return KINDS.flatMap((kind) =>
		counted.map(([what, valueOf]) => [
			kind,
			what,
			...sides.map((side) => figure(valueOf(costOfKind(side, kind)))),
		]),
	);
}

function costOfKind({ costs }: Results, wanted: Kind): CostOfCalls {
	return costs.find(({ kind }) => kind === wanted)!.cost;
}

function fateRows(sides: Results[]): string[][] {
	return sides[0].fates.flatMap(({ what }, index) => {
		const cells = (valueOf: (fate: FateOfCalls) => string) =>
			sides.map(({ fates }) => valueOf(fates[index].fate));
		return [
			[what, 'calls logged', ...cells(({ logged, calls }) => `${logged} of ${calls}`)],
			[what, 'logs too many', ...cells(({ duplicateLogs }) => String(duplicateLogs))],
			[what, 'records too many', ...cells(({ duplicateRecords }) => String(duplicateRecords))],
		];
	});
}

function targetsOf(ours: Results): Target[] {
	const credits = Object.entries(MOST_CREDITS).map(([kind, most]) => {
		const { crmCredits, calls } = costOfKind(ours, kind as Kind);
		return {
			what: `credits of Zoho CRM for a call, ${kind}`,
			wanted: `≤ ${most}`,
			measured: figure(crmCredits / calls),
			isMet: crmCredits <= most * calls,
		};
	});
	const fates = ours.fates.map(({ what, fate }) => ({
		what: `calls logged exactly once where ${what}`,
		wanted: `${fate.calls} of ${fate.calls}`,
		measured: `${fate.logged} of ${fate.calls}, ${fate.duplicateLogs + fate.duplicateRecords} duplicates`,
		isMet: fate.logged === fate.calls && fate.duplicateLogs === 0 && fate.duplicateRecords === 0,
	}));
	return [...credits, ...fates];
}
