import { forEditor } from '../../../actions/forEditor';
import { matchingItems } from '../../../actions/matchingItems';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { activeAgents, canBeAssigned } from '../metadata/agents';
import { enabledDepartments } from '../metadata/departments';

/** The departments that are in use; the value is the id. */
export const searchDepartments = forEditor(async (context, filter?: string) => {
	const departments = await enabledDepartments(await zohoDeskClient(context));
	const results = departments
		.map(({ id, name }) => ({ name, value: id }))
		.sort((one, other) => one.name.localeCompare(other.name));
	return { results: matchingItems(results, filter) };
});

/** The agents to whom something can be given, by name and e-mail address; the value is the id. */
export const searchAgents = forEditor(async (context, filter?: string) => {
	const agents = await activeAgents(await zohoDeskClient(context));
	const results = agents
		.filter(canBeAssigned)
		.map(({ id, name, emailId }) => ({ name: `${name} (${emailId})`, value: id }))
		.sort((one, other) => one.name.localeCompare(other.name));
	return { results: matchingItems(results, filter) };
});
