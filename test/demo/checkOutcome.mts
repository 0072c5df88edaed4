import { userOfExtension } from '../e2e/stack/staff.mts';
import type { Stack } from '../e2e/stack/startStack.mts';
import type { CallOutcome } from './callOutcome.mts';
import { recordingLogin } from './installTemplates.mts';
import type { Expectation } from './sampleCalls.mts';

/** The data table in which the call template keeps one row per call. */
export const LEDGER = 'callbridge_ledger';

interface CallLog {
	id: string;
	Call_Type: string;
	Owner: { id: string; name: string };
	Who_Id?: { id: string; name: string } | null;
	What_Id?: { id: string; name: string } | null;
	Voice_Recording__s?: string | null;
}

/** What is not as expected, in sentences; looks at the CRM itself, not only at what n8n says. Empty when all is well. */
export async function problemsOf(
	{ zoho, pbx, client }: Stack,
	outcome: CallOutcome | undefined,
	expected: Expectation,
): Promise<string[]> {
	if (!outcome) return ['no execution was started for it'];
	const problems: string[] = [];
	if (outcome.status !== 'success') {
		problems.push(`the execution ended with ${outcome.status}: ${outcome.error ?? ''}`);
	}
	if ((outcome.matched?.name ?? null) !== expected.matched) {
		problems.push(
			`matched ${outcome.matched?.name ?? 'nobody'}, not ${expected.matched ?? 'nobody'}`,
		);
	}
	if ((outcome.created !== null) !== expected.created) {
		problems.push(expected.created ? 'no record was created' : 'a record was created');
	}

	const ledger = await client.readRows(LEDGER, { callId: outcome.callId, system: 'Zoho CRM' });
	if (ledger.length !== 1) problems.push(`the ledger has ${ledger.length} rows for it, not 1`);

	const logs = zoho.records('Calls') as unknown as CallLog[];
	const log = logs.find(({ id }) => id === outcome.logId);
	if (expected.logged === null) {
		if (outcome.logId !== null) problems.push('it was logged');
		return problems;
	}
	if (!log) return [...problems, 'the CRM has no log of it'];

	const record = outcome.created ?? outcome.matched;
	if (log.Call_Type !== expected.logged) {
		problems.push(`logged as ${log.Call_Type}, not ${expected.logged}`);
	}
	if (log.Who_Id?.id !== record?.id && log.What_Id?.id !== record?.id) {
		problems.push('the log is not on the record of the caller');
	}
	if (expected.ownerExtension !== undefined) {
		const owner = userOfExtension(zoho, pbx.company, expected.ownerExtension);
		if (log.Owner.id !== owner.id) {
			problems.push(`the log belongs to ${log.Owner.name}, not ${owner.full_name}`);
		}
	}
	if (expected.audible && !(await isAudible(log.Voice_Recording__s))) {
		problems.push(`nothing is heard behind the link to the recording (${log.Voice_Recording__s})`);
	}
	return problems;
}

/** The same for the help desk: one log and, where one is expected, one open ticket to which the log belongs. */
export function deskProblemsOf(
	{ zoho }: Stack,
	outcome: CallOutcome | undefined,
	expected: Expectation,
): string[] {
	if (!outcome) return ['no execution was started for it in the help desk'];
	if (outcome.status !== 'success') {
		return [`in the help desk the execution ended with ${outcome.status}: ${outcome.error ?? ''}`];
	}
	const about = (description: unknown) =>
		String(description)
			.split(/[^\d.]+/)
			.includes(outcome.callId);
	const logs = zoho.desk.records('calls').filter(({ description }) => about(description));
	const tickets = zoho.desk.records('tickets').filter(({ description }) => about(description));
	const problems: string[] = [];
	const wantedLogs = expected.logged === null ? 0 : 1;
	if (logs.length !== wantedLogs) problems.push(`the help desk has ${logs.length} logs of it`);
	const wantedTickets = expected.ticket ? 1 : 0;
	if (tickets.length !== wantedTickets) {
		problems.push(`the help desk has ${tickets.length} tickets for it`);
	}
	if (expected.ticket && logs[0]?.ticketId !== tickets[0]?.id) {
		problems.push('in the help desk its log is not on its ticket');
	}
	return problems;
}

/** Opens the link as a browser does after it has asked for name and password. */
async function isAudible(link: string | null | undefined): Promise<boolean> {
	if (!link) return false;
	const { user, password } = recordingLogin;
	const basic = Buffer.from(`${user}:${password}`).toString('base64');
	const response = await fetch(link, { headers: { authorization: `Basic ${basic}` } });
	return response.ok && /^audio\//.test(response.headers.get('content-type') ?? '');
}
