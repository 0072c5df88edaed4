import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { DRY_RUN_REASON, isDryRun } from '../../caller/dryRun';

/**
 * What an unknown caller becomes.
 *
 * @param kinds by the words of Call Rules: `contact`, `account` …
 */
export function createAsParameter(kinds: readonly INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Create As',
		name: 'createAs',
		type: 'options',
		default: 'callRules',
		description: 'What an unknown caller becomes',
		options: [
			...kinds,
			{
				name: 'As Call Rules Decided',
				value: 'callRules',
				description: 'Takes the decision that Call Rules has put into the item',
			},
			{ name: 'Nothing', value: 'nothing' },
		].sort((one, other) => one.name.localeCompare(other.name)),
	};
}

/**
 * The kind that is chosen for one item, or the sentence that says why nothing is created.
 *
 * @param kinds those that the service has
 * @param service names it when Call Rules has decided on another kind
 */
export function kindToCreate<Kind extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	kinds: Readonly<Record<Kind, unknown>>,
	service: string,
): { kind: Kind } | { nothing: string } {
	const { json } = context.getInputData()[itemIndex];
	if (isDryRun(json)) return { nothing: DRY_RUN_REASON };
	const chosen = context.getNodeParameter('createAs', itemIndex) as string;
	if (chosen === 'nothing') return { nothing: 'Nothing is created, as chosen in the node.' };
	if (chosen !== 'callRules') return { kind: chosen as Kind };
	const decision = json.decision as IDataObject | undefined;
	if (!decision) {
		throw new NodeOperationError(context.getNode(), 'The item holds no decision of Call Rules', {
			itemIndex,
			description:
				'Put Call Rules before this node, or choose in the parameter Create As what an unknown caller becomes.',
		});
	}
	const kind = (decision.createRecord as { as?: string } | null | undefined)?.as;
	if (!kind) return { nothing: 'Call Rules decided to create nothing.' };
	if (kind in kinds) return { kind: kind as Kind };
	throw new NodeOperationError(
		context.getNode(),
		`${service} has no ${kind}s, and Call Rules decided to create one`,
		{
			itemIndex,
			description: `Choose ${Object.keys(kinds).join(' or ')} in Call Rules, or in the parameter Create As of this node.`,
		},
	);
}
