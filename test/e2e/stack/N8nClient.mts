import { credentialsOf } from './credentials.mts';
import { dataTablesOf } from './dataTables.mts';
import { executionsOf } from './executions.mts';
import { n8nSession } from './n8nSession.mts';
import { ownerOf } from './owner.mts';
import { workflowsOf } from './workflows.mts';

export type N8nClient = ReturnType<typeof n8nClient>;

/** Everything that a person does in n8n's editor, over the same REST API as the editor. */
export function n8nClient(baseUrl: string) {
	const session = n8nSession(baseUrl);
	return {
		session,
		...ownerOf(session),
		...credentialsOf(session),
		...workflowsOf(session),
		...executionsOf(session),
		...dataTablesOf(session),
	};
}
