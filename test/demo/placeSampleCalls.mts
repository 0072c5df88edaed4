import type { Stack } from '../e2e/stack/startStack.mts';
import { until } from '../e2e/stack/until.mts';
import type { CallOutcome } from './callOutcome.mts';
import type { CallWatch } from './callWatch.mts';
import { deskProblemsOf, problemsOf } from './checkOutcome.mts';
import type { Judged } from './report.mts';
import { sampleCalls, type SampleCall } from './sampleCalls.mts';

const CALLS_MAY_TAKE_MS = 60_000;

export interface JudgedCall extends Judged {
	outcome?: CallOutcome;
	inDesk?: CallOutcome;
}

export const CALLS_HEADER = [
	'call',
	'result',
	'matched',
	'created',
	'logged',
	'ticket',
	'by which rule',
];

/** Places the sample calls and waits for what becomes of them. */
export async function placeSampleCalls(
	stack: Stack,
	watch: CallWatch,
	deskWatch: CallWatch,
): Promise<JudgedCall[]> {
	await until(() => stack.pbx.sockets.some(({ topics }) => topics.length > 0), {
		what: 'the trigger to connect to the PBX',
	});
	const placed: Array<SampleCall & { callId: string }> = [];
	for (const call of sampleCalls) {
		const { callId } = await stack.pbx.place(call.scenario);
		placed.push({ ...call, callId });
		console.log(`  ${call.title}`);
	}

	const outcomeOf = (outcomes: CallOutcome[], callId: string) =>
		outcomes.find((outcome) => outcome.callId === callId);
	const allOutcomes = async ({ outcomes }: CallWatch) =>
		await until(
			async () => {
				const known = await outcomes();
				return placed.every(({ callId }) => outcomeOf(known, callId)) ? known : undefined;
			},
			{ what: 'all calls to be worked off', timeoutMs: CALLS_MAY_TAKE_MS },
		).catch(async (error: Error) => {
			console.log(`  ${error.message}`);
			return await outcomes();
		});
	const [outcomes, inDesk] = [await allOutcomes(watch), await allOutcomes(deskWatch)];

	const judged: JudgedCall[] = [];
	for (const { title, callId, expected } of placed) {
		const outcome = outcomeOf(outcomes, callId);
		const deskOutcome = outcomeOf(inDesk, callId);
		const problems = [
			...(await problemsOf(stack, outcome, expected)),
			...deskProblemsOf(stack, deskOutcome, expected),
		];
		const executions = outcomes.filter((one) => one.callId === callId).length;
		if (executions > 1) problems.push(`${executions} executions were started for it`);
		judged.push({ title, outcome, inDesk: deskOutcome, problems });
	}
	return judged;
}

/** Under CALLS_HEADER. */
export function cellsOfCall({ outcome, inDesk }: JudgedCall): string[] {
	return [
		outcome?.result ?? '',
		outcome?.matched ? `${outcome.matched.name} (${outcome.matched.by})` : 'nobody',
		outcome?.created ? `${outcome.created.name} (${outcome.created.module})` : '',
		outcome?.logId ? 'yes' : 'no',
		inDesk?.ticketId ? 'yes' : 'no',
		[outcome?.rule, outcome?.reason].filter(Boolean).join(': '),
	];
}
