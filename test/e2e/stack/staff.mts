import type { Company } from '../../simulators/yeastar/company.mts';
import type { Agent } from '../../simulators/zoho/desk/people.mts';
import type { User } from '../../simulators/zoho/users.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

/** Works on the telephone but has no CRM user: the one that binding by e-mail cannot bind. */
export const extensionWithoutUser = '1013';

/** The same for Zoho Desk: has no agent there. */
export const extensionWithoutAgent = '1012';

/**
 * Gives the people behind the PBX's extensions a user in Zoho CRM and an agent in Zoho Desk, with the same e-mail
 * address, except 1013 (no user), 1012 (no agent) and the devices without an address.
 */
export function hireStaff(zoho: ZohoSimulator, company: Company): void {
	hireUsers(zoho, company);
	hireAgents(zoho, company);
}

function hireAgents(zoho: ZohoSimulator, company: Company): void {
	const [, pattern] = zoho.desk.agents;
	for (const { number, name, email } of company.extensions) {
		if (email === '' || number === extensionWithoutAgent) continue;
		const [firstName, lastName] = name.split(' ');
		zoho.desk.agents.push({
			...pattern,
			id: `${pattern.id.slice(0, -4)}${number}`,
			zuid: zuidOf(number),
			firstName,
			lastName,
			emailId: email.toUpperCase(),
			extn: '',
		});
	}
}

/** It tells Zoho that a user and an agent are the same person. */
function zuidOf(extension: string): string {
	return `20091111${extension}`;
}

function hireUsers(zoho: ZohoSimulator, company: Company): void {
	const [pattern] = zoho.users;
	for (const { number, name, email } of company.extensions) {
		if (email === '' || number === extensionWithoutUser) continue;
		const [firstName, lastName] = name.split(' ');
		const user: User = {
			...pattern,
			id: `${pattern.id.slice(0, -4)}${number}`,
			full_name: name,
			first_name: firstName,
			last_name: lastName,
			email,
			phone: null,
			zuid: zuidOf(number),
			confirm: true,
			status: 'active',
		};
		zoho.users.push(user);
	}
}

/** The CRM user with the e-mail address of an extension. */
export function userOfExtension(zoho: ZohoSimulator, company: Company, extension: string): User {
	const email = company.extensions.find(({ number }) => number === extension)?.email;
	const user = zoho.users.find((candidate) => candidate.email === email);
	if (!user) throw new Error(`Extension ${extension} has no user in the CRM`);
	return user;
}

/** The Desk agent with the e-mail address of an extension. */
export function agentOfExtension(zoho: ZohoSimulator, company: Company, extension: string): Agent {
	const email = company.extensions.find(({ number }) => number === extension)?.email;
	const agent = zoho.desk.agents.find(({ emailId }) => emailId.toLowerCase() === email);
	if (!agent) throw new Error(`Extension ${extension} has no agent in Zoho Desk`);
	return agent;
}
