import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { locatedValue } from '../../actions/locatedValue';
import { ServiceError } from '../../transport/ServiceError';
import { deskId } from '../transport/deskPaths';
import type { ZohoDeskClient } from '../transport/zohoDesk';
import { findAgentByEmail } from './metadata/agents';
import { agentLocator } from './parameters';
import { refusal } from './refusal';

/** To whom something is given. */
export interface ChosenAgent {
	/** Null for nobody in particular. */
	id: string | null;
	/** One sentence for people. */
	reason: string;
	/** Nobody has named the agent: where Zoho Desk does not accept this one, the rest is to go on without. */
	isOptional?: boolean;
}

/** How a choice of an agent is called, and what it means to choose none. */
export interface AgentChoice {
	displayName: string;
	/** Of the parameter; those of the dependent ones begin with it. */
	name: 'owner' | 'assignee';
	description: string;
	none: { name: string; description: string };
}

/** The parameters that choose an agent; to be limited to an operation by the caller. */
export function agentChoiceParameters({
	displayName,
	name,
	description,
	none,
}: AgentChoice): INodeProperties[] {
	return [
		{
			displayName,
			name,
			type: 'options',
			default: 'boundAgent',
			description,
			options: [
				{
					name: 'Agent of the Extension',
					value: 'boundAgent',
					description: 'As the table that binds extensions to agents says',
				},
				{
					name: "Agent With the Same Email as the Call's",
					value: 'agentEmail',
					description: 'Costs three API credits per 50 agents every ten minutes, for their list',
				},
				{ name: 'One Agent', value: 'agent', description: 'Always the same one' },
				{ ...none, value: 'none' },
			],
		},
		{
			displayName: 'Agent of the Extension',
			name: `${name}BoundAgentId`,
			type: 'string',
			default: '={{ $json.deskAgentId }}',
			description: 'ID of the agent who is bound to the extension of the call',
			displayOptions: { show: { [name]: ['boundAgent'] } },
		},
		{
			...agentLocator('Agent', `${name}Agent`),
			displayOptions: { show: { [name]: ['agent'] } },
		},
	];
}

/**
 * The agent whom the parameters choose for one item.
 *
 * @param callEmail e-mail address of the agent of the call
 * @throws ServiceError when the node names an agent whom Zoho Desk does not have
 */
export async function chosenAgent(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	name: AgentChoice['name'],
	callEmail: string | null,
): Promise<ChosenAgent> {
	switch (context.getNodeParameter(name, itemIndex)) {
		case 'agent':
			return await namedAgent(client, locatedValue(context, `${name}Agent`, itemIndex, ''));
		case 'boundAgent': {
			const bound = String(
				context.getNodeParameter(`${name}BoundAgentId`, itemIndex, '') ?? '',
			).trim();
			return bound === ''
				? { id: null, reason: 'No agent is bound to the extension.' }
				: {
						id: deskId(bound),
						reason: 'The agent who is bound to the extension.',
						isOptional: true,
					};
		}
		case 'agentEmail': {
			const agent = callEmail ? await findAgentByEmail(client, callEmail) : null;
			if (agent) {
				const reason = `The agent with the e-mail address ${callEmail}.`;
				return { id: agent.id, reason, isOptional: true };
			}
			return {
				id: null,
				reason: callEmail
					? `No active agent has the e-mail address ${callEmail}.`
					: 'The agent of the call has no e-mail address.',
			};
		}
		default:
			return { id: null, reason: 'Nobody in particular, as chosen in the node.' };
	}
}

/**
 * Writes something with an agent. Zoho Desk refuses agents who do not work in the department, and light ones
 * (zoho-desk.md, 14): where nobody has named this one, it is written without, rather than not at all.
 *
 * @param field by which Zoho refers to the agent
 */
export async function withAgent<Result>(
	agent: ChosenAgent,
	field: 'assigneeId' | 'ownerId',
	write: (agentId: string | null) => Promise<Result>,
): Promise<{ result: Result; agent: ChosenAgent }> {
	return await write(agent.id).then(
		(result) => ({ result, agent }),
		async (error: unknown) => {
			const isRefused = error instanceof ServiceError && error.fields.includes(field);
			if (!isRefused || !agent.isOptional) throw error;
			const reason = `Nobody: Zoho Desk does not accept the agent ${agent.id} here, who may not work in the department or be a light agent.`;
			return { result: await write(null), agent: { id: null, reason } };
		},
	);
}

async function namedAgent(client: ZohoDeskClient, value: string): Promise<ChosenAgent> {
	if (value === '') return { id: null, reason: 'The node names no agent.' };
	if (!value.includes('@')) return { id: deskId(value), reason: 'The agent whom the node names.' };
	const agent = await findAgentByEmail(client, value);
	if (agent) return { id: agent.id, reason: 'The agent whom the node names.' };
	throw refusal(
		`Zoho Desk has no active agent with the e-mail address ${value}`,
		'Check the address, or choose the agent from the list. An agent who was added within the last ten minutes may not be known yet.',
	);
}
