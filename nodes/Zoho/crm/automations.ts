import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Which of the organisation's own automations a write sets off. */
export const automationsOption: INodeProperties = {
	displayName: 'Automations to Run',
	name: 'automations',
	type: 'multiOptions',
	default: [],
	description:
		'Which automations of Zoho CRM this write sets off. Without this option all run; with nothing chosen, none.',
	options: [
		{ name: 'Approval', value: 'approval' },
		{ name: 'Blueprint', value: 'blueprint' },
		{ name: 'Orchestration', value: 'orchestration' },
		{ name: 'Pathfinder', value: 'pathfinder' },
		{ name: 'Workflow', value: 'workflow' },
	],
};

/** The `trigger` key of a write: absent, all automations run; empty, none does. */
export function automationsOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const chosen = context.getNodeParameter('options.automations', itemIndex, null) as
		| string[]
		| null;
	return chosen === null ? {} : { trigger: chosen };
}
