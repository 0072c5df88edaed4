import { withValues } from './stack/assignments.mts';
import type { Execution } from './stack/executions.mts';
import { startStack, type Stack, type StackOptions } from './stack/startStack.mts';
import { until } from './stack/until.mts';
import type { ImportOptions, SavedWorkflow, WorkflowNode } from './stack/workflows.mts';
import { publicationOf } from './triggerWorkflow.mts';
import { callbackUrlOf } from './weComWorkflow.mts';

const DEFAULTS = 'Set Defaults';

/** A row of `callbridge_messages`. */
export interface MessageRow {
	msgId: string;
	direction: 'in' | 'out';
	status: string;
	reason: string | null;
	text: string | null;
	ticketId: string | null;
	commentId: string | null;
	[column: string]: unknown;
}

/** A row of `callbridge_conversations`. */
export interface ConversationRow {
	externalUserId: string;
	contactId: string | null;
	ticketId: string | null;
	messagesLeft: number | null;
	scene: string | null;
	source: string | null;
	departmentId: string | null;
	[column: string]: unknown;
}

/** A company whose WeChat customers get tickets. */
export interface WeComStack extends Stack {
	/** Of wecom-to-zoho-desk. */
	customersId: string;
	/** Of zoho-desk-to-wecom. */
	agentsId: string;
	openKfId: string;
	/** Once this many rows are in a status. */
	messagesIn(status: string, count: number): Promise<MessageRow[]>;
	conversationOf(externalUserId: string): Promise<ConversationRow | undefined>;
	/** Why executions of both templates have failed. */
	failures(): Promise<string[]>;
}

/** Imports both templates and publishes them; WeCom calls back, Zoho Desk has webhooks. */
export async function startWeComStack(
	options: StackOptions = {},
	settings: Record<string, unknown> = {},
): Promise<WeComStack> {
	const stack = await startStack({
		...options,
		zoho: { ...options.zoho, desk: { edition: 'PROFESSIONAL', ...options.zoho?.desk } },
	});
	try {
		const setup = await stack.client.importTemplate('setup');
		mustSucceed(await stack.client.runManually(setup.id));
		return await publishWeCom(stack, settings);
	} catch (error) {
		await stack.stop();
		throw error;
	}
}

/**
 * As startWeComStack, in a company that runs already and whose tables are set up. Zoho Desk must have an edition with
 * webhooks.
 *
 * @param changes of the nodes of each template, merged into them by name
 */
export async function publishWeCom<Running extends Stack>(
	stack: Running,
	settings: Record<string, unknown> = {},
	changes: Record<string, Record<string, Partial<WorkflowNode>>> = {},
): Promise<Running & WeComStack> {
	const { client, credentials, wecom, n8n } = stack;
	const openKfId = wecom.addAccount({ name: 'Service desk' });
	const publish = async (
		template: string,
		parameters: ImportOptions['parameters'] = {},
	): Promise<SavedWorkflow> => {
		const workflow = await client.importTemplate(template, {
			credentials,
			pinData: false,
			nodes: changes[template],
			parameters,
		});
		await client.publish(workflow.id);
		const { message } = await publicationOf(client, workflow.id);
		if (message !== null) throw new Error(`${template} was not published: ${message}`);
		return workflow;
	};
	const customers = await publish('wecom-to-zoho-desk', {
		[DEFAULTS]: withValues('wecom-to-zoho-desk', DEFAULTS, settings),
	});
	const agents = await publish('zoho-desk-to-wecom');
	const url = callbackUrlOf(n8n.url, customers);
	// WeCom gives n8n one second for its answer; a person would press Save again.
	await until(async () => (await wecom.saveCallbackUrl(url)).saved, {
		what: `WeCom to take the address ${url}`,
	});

	const messages = async () => await client.readRows<MessageRow>('callbridge_messages');
	return {
		...stack,
		customersId: customers.id,
		agentsId: agents.id,
		openKfId,
		messagesIn: async (status, count) =>
			await until(
				async () => {
					const rows = (await messages()).filter((row) => row.status === status);
					return rows.length >= count ? rows : undefined;
				},
				{ what: `${count} messages to be ${status}`, timeoutMs: 120_000 },
			),
		conversationOf: async (externalUserId) =>
			(await client.readRows<ConversationRow>('callbridge_conversations', { externalUserId })).at(
				0,
			),
		async failures() {
			const runs = await client.listExecutions({ status: ['error', 'crashed'] });
			const executions = await Promise.all(
				runs.map(async ({ id }) => await client.getExecution(id)),
			);
			return executions.map(({ error }) => `${error?.node}: ${error?.message}`);
		},
	};
}

function mustSucceed(execution: Execution): void {
	if (execution.status === 'success') return;
	throw new Error(`A template failed: ${execution.error?.message ?? execution.status}`);
}
