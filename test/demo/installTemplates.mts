import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { withValues } from '../e2e/stack/assignments.mts';
import type { Stack } from '../e2e/stack/startStack.mts';
import { readTemplate, type SavedWorkflow, type WorkflowFile } from '../e2e/stack/workflows.mts';
import { channel } from './weChat/openWeChat.mts';

export interface InstalledTemplates {
	/** The call templates; null when one is not in this checkout. */
	calls: SavedWorkflow | null;
	deskCalls: SavedWorkflow | null;
	/** From WeChat to tickets, and the answers of agents back. */
	messages: SavedWorkflow | null;
	answers: SavedWorkflow | null;
}

/** Settings of a workflow, and parameters of its nodes by their names. */
type Changes = [
	settings?: Record<string, unknown>,
	parameters?: Record<string, Record<string, unknown>>,
];

/** Asked for when somebody opens the link to a recording. */
export const recordingLogin = { user: 'colleague', password: 'CallBridge1' };

/** Where the simulated PBX stands. */
const COUNTRY = 'CN';

function hasTemplate(name: string): boolean {
	return existsSync(join(process.cwd(), 'workflows', `${name}.json`));
}

/** Fills in the country on each node that asks for it. */
function countryOn({ nodes }: WorkflowFile): Record<string, Record<string, unknown>> {
	const filledIn = ({ country, options }: WorkflowFile['nodes'][number]['parameters']) => {
		if (country === '') return { country: COUNTRY };
		const asksInOptions = (options as { defaultCountry?: string })?.defaultCountry === '';
		return asksInOptions ? { options: { defaultCountry: COUNTRY } } : null;
	};
	return Object.fromEntries(
		nodes.flatMap(({ name, parameters }) => {
			const country = filledIn(parameters);
			return country ? [[name, country] as const] : [];
		}),
	);
}

/**
 * Does what the README tells a person to do with the templates: import, choose credentials, country and error workflow,
 * execute setup, bind-extensions, wecom-channel-setup and the first load of the phonebook, publish the rest. A template that is not there is told and left out.
 */
export async function installTemplates(
	{ client, credentials }: Stack,
	tell: (progress: string) => void,
): Promise<InstalledTemplates> {
	const basicAuth = await client.createCredential(
		'httpBasicAuth',
		'Recording link',
		recordingLogin,
	);
	const install = async (name: string, ...[settings = {}, parameters = {}]: Changes) => {
		if (!hasTemplate(name)) {
			tell(`there is no workflows/${name}.json: left out`);
			return null;
		}
		return await client.importTemplate(name, {
			credentials: [...credentials, basicAuth],
			parameters: { ...countryOn(readTemplate(name)), ...parameters },
			settings,
		});
	};
	const execute = async (name: string, ...changes: Changes) => {
		const workflow = await install(name, ...changes);
		if (!workflow) return null;
		tell(`executing ${workflow.name}`);
		const { status, error } = await client.runManually(workflow.id);
		if (status !== 'success') {
			throw new Error(`${name} ended with ${status} at ${error?.node}: ${error?.message}`);
		}
		return workflow;
	};
	const publishInstalled = async (workflow: SavedWorkflow | null) => {
		if (!workflow) return null;
		tell(`publishing ${workflow.name}`);
		return await client.publish(workflow.id);
	};
	const publish = async (name: string, settings: Record<string, unknown> = {}) =>
		await publishInstalled(await install(name, settings));

	await execute('setup');
	await execute('bind-extensions');
	await publish('play-recording');
	const onFailure = await publish('on-failure');
	const settings = onFailure ? { errorWorkflow: onFailure.id } : {};
	const calls = await publish('calls-to-zoho-crm', settings);
	const deskCalls = await publish('calls-to-zoho-desk', settings);
	await publish('replay-failed', settings);
	await publish('reconcile-calls', settings);
	await publish('reconcile-desk-calls', settings);
	await publishInstalled(await execute('sync-crm-contacts', settings));
	await execute('wecom-channel-setup', settings, {
		'Set Channel': withValues('wecom-channel-setup', 'Set Channel', channel),
	});
	const messages = await publish('wecom-to-zoho-desk', settings);
	const answers = await publish('zoho-desk-to-wecom', settings);
	await install('wecom-health', settings);
	return { calls, deskCalls, messages, answers };
}
