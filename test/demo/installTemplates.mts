import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Stack } from '../e2e/stack/startStack.mts';
import type { SavedWorkflow } from '../e2e/stack/workflows.mts';

export interface InstalledTemplates {
	/** Null when the template is not in this checkout. */
	calls: SavedWorkflow | null;
}

function hasTemplate(name: string): boolean {
	return existsSync(join(process.cwd(), 'workflows', `${name}.json`));
}

/**
 * Does what the README tells a person to do with the templates: import, choose credentials and error workflow, execute
 * setup and bind-extensions, publish the rest. A template that is not there is told and left out.
 */
export async function installTemplates(
	{ client, credentials }: Stack,
	tell: (progress: string) => void,
): Promise<InstalledTemplates> {
	const install = async (name: string, settings: Record<string, unknown> = {}) => {
		if (!hasTemplate(name)) {
			tell(`there is no workflows/${name}.json yet: left out`);
			return null;
		}
		return await client.importTemplate(name, { credentials, settings });
	};
	const execute = async (name: string) => {
		const workflow = await install(name);
		if (!workflow) return;
		tell(`executing ${workflow.name}`);
		const { status, error } = await client.runManually(workflow.id);
		if (status !== 'success') {
			throw new Error(`${name} ended with ${status} at ${error?.node}: ${error?.message}`);
		}
	};

	await execute('setup');
	await execute('bind-extensions');
	const onFailure = await install('on-failure');
	if (onFailure) await client.publish(onFailure.id);
	const calls = await install(
		'calls-to-zoho-crm',
		onFailure ? { errorWorkflow: onFailure.id } : {},
	);
	if (calls) {
		tell(`publishing ${calls.name}`);
		await client.publish(calls.id);
	}
	return { calls };
}
