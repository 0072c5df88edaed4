import { readTemplate, type WorkflowNode } from './stack/workflows.mts';
import type { Execution } from './stack/executions.mts';
import { startStack, type Stack, type StackOptions } from './stack/startStack.mts';
import { until } from './stack/until.mts';

export const COUNTRY = 'CN';
const TRIGGER = 'When a Call Ends';
export const RULES = 'Apply Call Rules';

/** A row of `callbridge_ledger`. */
export interface LedgerRow {
	callId: string;
	status: string;
	matchedBy: string | null;
	module: string | null;
	recordId: string | null;
	rule: string | null;
	reason: string | null;
	logId: string | null;
	ticketId: string | null;
	/** Of a ticket for a missed call: `waiting` until somebody has `reached` the caller. */
	callBack: string | null;
	taskId: string | null;
	call: string | null;
	[column: string]: unknown;
}

/** A company that has imported the templates for calls and published them. */
export interface CallStack extends Stack {
	workflowId: string;
	/** Changes the rules in the editor, so to speak, and publishes. */
	changeRules(parameters: Record<string, unknown>): Promise<void>;
	/** Changes any node of the call template and publishes. */
	changeNodes(nodes: Record<string, Partial<WorkflowNode>>): Promise<void>;
	/** The rows of the ledger for these calls, once each of them has been dealt with. */
	ledgerOf(...callIds: string[]): Promise<LedgerRow[]>;
	/** Production executions of the call template that have ended. */
	executions(): Promise<Execution[]>;
	/** The execution that dealt with a call, once all its branches are through. */
	executionOf(callId: string): Promise<Execution>;
}

/** The call templates, one per system that calls are logged in. */
export type CallTemplate = 'calls-to-zoho-crm' | 'calls-to-zoho-desk';

export async function startCallStack(
	options: StackOptions = {},
	template: CallTemplate = 'calls-to-zoho-crm',
): Promise<CallStack> {
	const stack = await startStack(options);
	const { client, credentials, pbx } = stack;
	try {
		const setup = await client.importTemplate('setup');
		await mustSucceed(await client.runManually(setup.id));
		const binding = await client.importTemplate('bind-extensions', { credentials });
		await mustSucceed(await client.runManually(binding.id));
		const onFailure = await client.importTemplate('on-failure');
		await client.publish(onFailure.id);
		const { id: workflowId } = await client.importTemplate(template, {
			credentials,
			pinData: false,
			parameters: { [TRIGGER]: { country: COUNTRY }, 'Get Past Calls': { country: COUNTRY } },
			settings: { errorWorkflow: onFailure.id },
		});
		await publishAndConnect();

		return {
			...stack,
			workflowId,
			changeRules: async (parameters) => await changeNodes({ [RULES]: { parameters } }),
			changeNodes,
			async ledgerOf(...callIds) {
				const found = async () => {
					const rows = await client.readRows<LedgerRow>('callbridge_ledger');
					const wanted = callIds.map((id) =>
						rows.find(({ callId, status }) => callId === id && status !== 'received'),
					);
					return wanted.every((row) => row !== undefined) ? (wanted as LedgerRow[]) : undefined;
				};
				return await until(found, {
					what: `${callIds.length} calls to be dealt with`,
					timeoutMs: 120_000,
				});
			},
			executions,
			async executionOf(callId) {
				const found = async () =>
					(await executions()).find(
						(execution) => execution.stoppedAt && isAbout(execution, callId),
					);
				return await until(found, {
					what: `the execution of call ${callId} to end`,
					timeoutMs: 120_000,
				});
			},
		};

		async function executions(): Promise<Execution[]> {
			const ended = await client.listExecutions({ workflowId });
			return await Promise.all(ended.map(async ({ id }) => await client.getExecution(id)));
		}

		async function changeNodes(nodes: Record<string, Partial<WorkflowNode>>): Promise<void> {
			await client.updateWorkflow(workflowId, { nodes });
			await publishAndConnect();
			const { versionId } = await client.getWorkflow(workflowId);
			await until(async () => (await versionThatRunsNow()) === versionId, {
				what: 'production to run the changed workflow',
				timeoutMs: 60_000,
			});
		}

		/** Places a call that the rules leave out, and looks which version of the workflow dealt with it. */
		async function versionThatRunsNow(): Promise<string> {
			const { callId } = await pbx.place({ kind: 'internal' });
			const { execution } = await until(
				async () => (await client.readRows<LedgerRow>('callbridge_ledger', { callId })).at(0),
				{ what: 'a call to be dealt with', timeoutMs: 60_000 },
			);
			const { workflowVersionId } = await client.session.get<{ workflowVersionId: string }>(
				`/rest/executions/${String(execution)}`,
			);
			return workflowVersionId;
		}

		async function publishAndConnect(): Promise<void> {
			await client.publish(workflowId);
			await until(() => pbx.sockets.some(({ topics }) => topics.includes(30012)), {
				what: 'the trigger to listen to the PBX',
				timeoutMs: 60_000,
			});
		}
	} catch (error) {
		await stack.stop();
		throw error;
	}
}

/** The nodes of a call template that ask a vendor for something, by the name of their type. */
export const vendorNodes = (
	template: CallTemplate,
	type: 'zohoCrmTelephony' | 'zohoDesk',
): string[] =>
	readTemplate(template)
		.nodes.filter((node) => node.type.endsWith(`.${type}`))
		.map(({ name }) => name);

export const crmNodes = (): string[] => vendorNodes('calls-to-zoho-crm', 'zohoCrmTelephony');

const isAbout = (execution: Execution, callId: string): boolean =>
	execution.itemsOf<{ callId: string }>(TRIGGER).some((item) => item.callId === callId);

async function mustSucceed(execution: Execution): Promise<void> {
	if (execution.status === 'success') return;
	throw new Error(`A template failed: ${execution.error?.message ?? execution.status}`);
}
