import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SavedCredential } from '../../e2e/stack/credentials.mts';
import type { Stack } from '../../e2e/stack/startStack.mts';
import type { SavedWorkflow, WorkflowFile } from '../../e2e/stack/workflows.mts';

/** n8n's own credential for Zoho. It knows the addresses of Zoho's data centres only, so the simulator's is put in here. */
async function connectedCredential({ client, zoho }: Stack): Promise<SavedCredential> {
	return await client.createConnectedCredential(
		'zohoOAuth2Api',
		'Zoho account of n8n',
		{
			authUrl: `${zoho.baseUrl}/oauth/v2/auth`,
			accessTokenUrl: `${zoho.baseUrl}/oauth/v2/token`,
			clientId: zoho.clientId,
			clientSecret: zoho.clientSecret,
		},
		zoho.issueToken(),
	);
}

/** Saves a workflow of this folder, with the addresses of the simulators in place of those that it names as examples. */
export async function importRival(stack: Stack, name: string): Promise<SavedWorkflow> {
	const { client, pbx, zoho } = stack;
	const file = join(process.cwd(), 'test', 'bench', 'rival', `${name}.json`);
	const text = readFileSync(file, 'utf8')
		.replaceAll('https://pbx.example', pbx.baseUrl)
		.replaceAll('https://zoho.example', zoho.baseUrl)
		.replaceAll('PBX_CLIENT_ID', pbx.clientId)
		.replaceAll('PBX_CLIENT_SECRET', pbx.clientSecret);
	const { id, name: credentialName } = await connectedCredential(stack);
	const workflow = JSON.parse(text) as WorkflowFile;
	return await client.importWorkflow({
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.parameters.nodeCredentialType === 'zohoOAuth2Api'
				? { ...node, credentials: { zohoOAuth2Api: { id, name: credentialName } } }
				: node,
		),
	});
}
