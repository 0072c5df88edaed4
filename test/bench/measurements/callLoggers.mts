import { startCallStack } from '../../e2e/callTemplates.mts';
import { startStack, type Stack } from '../../e2e/stack/startStack.mts';
import { publicationOf } from '../../e2e/triggerWorkflow.mts';
import { importRival } from '../rival/rivalWorkflow.mts';
import type { Tell } from '../Measurement.mts';

/** A company whose calls are logged in Zoho CRM by a workflow of n8n. */
export interface CallLogger {
	who: 'template' | 'own nodes of n8n';
	stack: Stack;
	workflowId: string;
}

const CALL_END_DETAILS = 30012;

/** The template calls-to-zoho-crm as it comes. */
export async function startTemplate(tell: Tell): Promise<CallLogger> {
	const stack = await startCallStack({ tell });
	return { who: 'template', stack, workflowId: stack.workflowId };
}

/** The workflow rival/calls-to-zoho-crm.json, to which the PBX pushes the end of each stage of a call. */
export async function startRival(tell: Tell): Promise<CallLogger> {
	const stack = await startStack({ tell });
	try {
		const { client, credentials, pbx, n8n } = stack;
		// It takes the CRM users of the extensions from a table, which its user would fill by hand.
		for (const template of ['setup', 'bind-extensions']) {
			const { id } = await client.importTemplate(template, { credentials });
			const { status, error } = await client.runManually(id);
			if (status !== 'success') throw new Error(`${template}: ${error?.message ?? status}`);
		}
		await client.createTable('pbx_tokens', { pbx: 'string', token: 'string', expiresAt: 'number' });
		const workflow = await importRival(stack, 'calls-to-zoho-crm');
		await client.publish(workflow.id);
		const { message } = await publicationOf(client, workflow.id);
		if (message !== null) throw new Error(`The rival was not published: ${message}`);
		pbx.webhooks.webhook_event_push_list.push({
			url: `${n8n.url}/webhook/pbx-call-end-details`,
			secret: 'secret of the rival',
			request_method: 'POST',
			event_ids: [CALL_END_DETAILS],
		});
		return { who: 'own nodes of n8n', stack, workflowId: workflow.id };
	} catch (error) {
		await stack.stop();
		throw error;
	}
}
