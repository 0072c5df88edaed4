import { idOfUnnamedCall } from '../../../nodes/call/unnamedCall';
import type { CallLog, LedgerEntry, PastCall } from '../../../nodes/reconciliation/CallLog';
import { logBook } from '../../../nodes/reconciliation/logBook';
import { reconcileCall, type Finding } from '../../../nodes/reconciliation/reconcileCall';

const START = '2026-03-04T08:15:00Z';
const CALL_ID = '1772612100.55';
const OTHER_ID = '1772612100.5';
const NUMBER = '075526601234';
const UNNAMED_ID = idOfUnnamedCall(START, NUMBER);

const secondsLater = (seconds: number) =>
	new Date(Date.parse(START) + seconds * 1_000).toISOString();

const aCall = (changes: Partial<PastCall> = {}): PastCall => ({
	callId: CALL_ID,
	startedAt: START,
	kind: 'Inbound',
	customerNumbers: [NUMBER, '+8675526601234'],
	...changes,
});

/** A log as the workflow writes it. */
const aLog = (id: string, changes: Partial<CallLog> = {}): CallLog => ({
	id,
	recordIds: ['R1'],
	startedAt: START,
	createdAt: secondsLater(300),
	kind: 'Inbound',
	callIds: [CALL_ID],
	text: `From: <${NUMBER}>`,
	...changes,
});

const byHand = (id: string, changes: Partial<CallLog> = {}): CallLog =>
	aLog(id, { callIds: [], text: 'Spoke with her', createdAt: secondsLater(900), ...changes });

const noRow: LedgerEntry = { status: '', logId: '', recordId: '' };
const logged: LedgerEntry = { status: 'logged', logId: 'L1', recordId: 'R1' };

interface Case {
	calls?: PastCall[];
	logs: CallLog[];
	ledger?: Partial<LedgerEntry>;
	finding: Finding;
	logIds?: string[];
	surplusLogIds?: string[];
	says?: RegExp;
}

/** The first call is the one that is reconciled. */
const cases: Record<string, Case> = {
	'a log': {
		logs: [aLog('L1')],
		finding: 'logged',
		logIds: ['L1'],
		says: /^The call is logged once\.$/,
	},
	'a log that the ledger knows': { logs: [aLog('L1')], ledger: logged, finding: 'logged' },
	'a log on no record': {
		logs: [aLog('L1', { recordIds: [] })],
		finding: 'logged',
		says: /once, on no record/,
	},
	'a log on each of several records': {
		logs: [aLog('L1'), aLog('L2', { recordIds: ['R2'] })],
		ledger: logged,
		finding: 'logged',
		logIds: ['L1', 'L2'],
		says: /one log on each of 2 records/,
	},
	'a log on a record and one on none': {
		logs: [aLog('L1'), aLog('L2', { recordIds: [] })],
		finding: 'logged',
	},
	'a log, although the ledger says failed': {
		logs: [aLog('L1')],
		ledger: { status: 'failed' },
		finding: 'logged',
		says: /The ledger has the call as "failed"/,
	},
	'a log from which somebody took the call ID': {
		logs: [byHand('L1', { recordIds: ['R9'], startedAt: secondsLater(400) })],
		ledger: logged,
		finding: 'logged',
		says: /L1 is the log that the ledger names/,
	},
	'a log by hand instead of the deleted one': {
		logs: [byHand('L7')],
		ledger: logged,
		finding: 'logged',
		logIds: ['L7'],
		says: /L7 holds no call ID/,
	},
	'two logs with the call ID': {
		logs: [aLog('L2', { createdAt: secondsLater(400) }), aLog('L1')],
		finding: 'twice',
		logIds: ['L1', 'L2'],
		surplusLogIds: ['L2'],
		says: /on the record R1: L1, L2\. Delete L2, which holds the same call ID/,
	},
	'two logs, of which the ledger knows the younger': {
		logs: [aLog('L1', { createdAt: secondsLater(400) }), aLog('L2')],
		ledger: logged,
		finding: 'twice',
		surplusLogIds: ['L2'],
	},
	'three logs': {
		logs: [aLog('L1'), aLog('L2'), byHand('L3')],
		finding: 'twice',
		surplusLogIds: ['L3', 'L2'],
	},
	'two logs on no record': {
		logs: [aLog('L1', { recordIds: [] }), aLog('L2', { recordIds: [] })],
		finding: 'twice',
		surplusLogIds: ['L2'],
		says: /without a record/,
	},
	'a log beside one by hand that is older': {
		logs: [byHand('L3', { createdAt: secondsLater(10) }), aLog('L1')],
		finding: 'twice',
		logIds: ['L1', 'L3'],
		surplusLogIds: ['L3'],
		says: /Delete L3, which holds no call ID/,
	},
	'a log by hand at the end of the minute': {
		logs: [aLog('L1'), byHand('L3', { startedAt: secondsLater(60) })],
		finding: 'twice',
	},
	'a log by hand later than that': {
		logs: [aLog('L1'), byHand('L3', { startedAt: secondsLater(61) })],
		finding: 'logged',
	},
	'a log by hand of another kind': {
		logs: [aLog('L1'), byHand('L3', { kind: 'Outbound' })],
		finding: 'logged',
	},
	'a log by hand on another record': {
		logs: [aLog('L1'), byHand('L3', { recordIds: ['R2'] })],
		finding: 'logged',
	},
	'a log by hand on no record': {
		logs: [aLog('L1', { recordIds: [] }), byHand('L3', { recordIds: [] })],
		finding: 'logged',
	},
	'a log by hand that is nearer to the next call': {
		calls: [aCall(), aCall({ callId: 'next', startedAt: secondsLater(40) })],
		logs: [aLog('L1'), byHand('L3', { startedAt: secondsLater(30) })],
		finding: 'logged',
	},
	'a log by hand that is nearer to the log of a call outside this run': {
		logs: [
			aLog('L1'),
			aLog('L2', { callIds: ['other'], startedAt: secondsLater(40) }),
			byHand('L3', { startedAt: secondsLater(30) }),
		],
		finding: 'logged',
	},
	'a log by hand between this call and one of another kind': {
		calls: [aCall(), aCall({ callId: 'next', startedAt: secondsLater(40), kind: 'Missed' })],
		logs: [aLog('L1'), byHand('L3', { startedAt: secondsLater(30) })],
		finding: 'twice',
	},
	'a second log that is alone on another record': {
		logs: [aLog('L1', { recordIds: ['R1', 'R2'] }), aLog('L2', { recordIds: ['R2', 'R3'] })],
		finding: 'twice',
		surplusLogIds: [],
		says: /none can just go/,
	},
	'a second log on the account of the contact': {
		logs: [aLog('L2', { recordIds: ['R2'] }), aLog('L1', { recordIds: ['R1', 'R2'] })],
		ledger: logged,
		finding: 'twice',
		surplusLogIds: ['L2'],
	},
	'no log that was written': {
		logs: [],
		ledger: logged,
		finding: 'deleted',
		says: /logged \(L1\): somebody has deleted/,
	},
	'no log, and the ledger has no id of it': {
		logs: [],
		ledger: { status: 'logged' },
		finding: 'deleted',
	},
	'a log of a call whose id begins alike': {
		logs: [aLog('L1', { callIds: [OTHER_ID] })],
		ledger: logged,
		finding: 'deleted',
	},
	'no log by a rule': {
		logs: [],
		ledger: { status: 'left out' },
		finding: 'leftOut',
		says: /rule/,
	},
	'no log after a failure': { logs: [], ledger: { status: 'failed' }, finding: 'failed' },
	'no log after many failures': {
		logs: [],
		ledger: { status: 'given up' },
		finding: 'failed',
		says: /given up/,
	},
	'no log of a call that was received': {
		logs: [],
		ledger: { status: 'received' },
		finding: 'missing',
		says: /received/,
	},
	'no log and no row': {
		logs: [aLog('L1', { callIds: ['other'] }), byHand('L3')],
		finding: 'missing',
		says: /^The CRM has no log of the call, and the ledger has no row of it\.$/,
	},
	'no id from the PBX, and a log under the real one': {
		calls: [aCall({ callId: UNNAMED_ID })],
		logs: [aLog('L1', { startedAt: secondsLater(5) })],
		finding: 'logged',
		says: /another ID of the call/,
	},
	'no id from the PBX, and the log starts too late': {
		calls: [aCall({ callId: UNNAMED_ID })],
		logs: [aLog('L1', { startedAt: secondsLater(6) })],
		finding: 'missing',
		says: /may have it under another one/,
	},
	'no id from the PBX, and the log is of a longer number': {
		calls: [aCall({ callId: UNNAMED_ID })],
		logs: [aLog('L1', { text: `From: <9${NUMBER}> or <${NUMBER}1>` })],
		finding: 'missing',
	},
	'no id from the PBX, and the log is of another call of this run': {
		calls: [aCall({ callId: UNNAMED_ID }), aCall()],
		logs: [aLog('L1')],
		finding: 'missing',
	},
	'no id from the PBX, and the log says so': {
		calls: [aCall({ callId: UNNAMED_ID })],
		logs: [aLog('L1', { callIds: [UNNAMED_ID] })],
		finding: 'logged',
		says: /^The call is logged once\.$/,
	},
	'a log with the id and one from the time when there was none': {
		logs: [aLog('L1'), aLog('L2', { callIds: [UNNAMED_ID], startedAt: secondsLater(-2) })],
		finding: 'twice',
		surplusLogIds: ['L2'],
		says: /another ID of the call/,
	},
	'a log of another call of the same second': {
		logs: [aLog('L1'), aLog('L2', { callIds: ['other'] })],
		finding: 'logged',
	},
};

it.each(Object.entries(cases))('%s', (_name, { calls = [aCall()], logs, ledger, ...expected }) => {
	const { says = /./, ...result } = expected;
	const wording = { system: 'The CRM', logName: (id: string) => id };
	const reconciled = reconcileCall(
		calls[0],
		{ ...noRow, ...ledger },
		logBook(logs, calls),
		wording,
	);
	expect(reconciled).toMatchObject(result);
	expect(reconciled.explanation).toMatch(says);
	if (result.finding !== 'twice') expect(reconciled.surplusLogIds).toEqual([]);
	expect(reconciled.logIds.length > 0).toBe(['logged', 'twice'].includes(result.finding));
});

it('names the records and the address of each log', () => {
	const logs = [aLog('L1', { recordIds: ['R1', 'R2'] }), aLog('L2')];
	const result = reconcileCall(aCall(), noRow, logBook(logs, [aCall()]), {
		system: 'The CRM',
		logName: (id) => `${id} (https://crm.example/${id})`,
	});
	expect(result).toMatchObject({ recordIds: ['R1', 'R2'], surplusLogIds: ['L2'] });
	expect(result.explanation).toContain('Delete L2 (https://crm.example/L2)');
});

it.each([
	['logged', 'unchecked', /^The ledger has the call as logged \(L1\), and nobody could look/],
	['received', 'missing', /^The help desk has no log of the call: the ledger has it as received/],
	['', 'missing', /^The help desk has no log of the call, and the ledger has no row of it\./],
	['failed', 'failed', /^The help desk has no log of the call: logging it failed\./],
])(
	'a call with the status "%s" whose logs nobody can look up is %s',
	(status, finding, explanation) => {
		const reconciled = reconcileCall(
			aCall(),
			{ ...noRow, status, logId: 'L1' },
			logBook([], [aCall()]),
			{ system: 'The help desk', logName: (id) => id, blindSpot: 'It has closed.' },
		);
		expect(reconciled).toMatchObject({ finding, logIds: [], recordIds: [] });
		expect(reconciled.explanation).toMatch(explanation);
		expect(reconciled.explanation).toMatch(/ It has closed\.$/);
	},
);

it('a log that was found is logged, although there are others that nobody can look up', () => {
	const wording = { system: 'The CRM', logName: (id: string) => id, blindSpot: 'It has closed.' };
	const book = logBook([aLog('L1')], [aCall()]);
	expect(reconcileCall(aCall(), logged, book, wording)).toMatchObject({
		finding: 'logged',
		explanation: 'The call is logged once.',
	});
});
