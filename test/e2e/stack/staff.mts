import type { Company } from '../../simulators/yeastar/company.mts';
import type { Agent } from '../../simulators/zoho/desk/people.mts';
import type { User } from '../../simulators/zoho/users.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

/** Works on the telephone but has no CRM user: the one that binding by e-mail cannot bind. */
export const extensionWithoutUser = '1013';

/**
 * Gives the people behind the PBX's extensions a user in the CRM and an agent in the help desk, with the same e-mail
 * address, except 1013 (nobody) and the devices without an address.
 */
export function hireStaff(zoho: ZohoSimulator, company: Company): void {
	const [pattern] = zoho.users;
	const patternAgent = zoho.desk.agents[1];
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
			zuid: `20091111${number}`,
			confirm: true,
			status: 'active',
		};
		zoho.users.push(user);
		zoho.desk.agents.push({
			...patternAgent,
			id: `${patternAgent.id.slice(0, -4)}${number}`,
			zuid: user.zuid,
			firstName,
			lastName,
			emailId: email,
			extn: number,
		});
	}
}

/** The CRM user with the e-mail address of an extension. */
export function userOfExtension(zoho: ZohoSimulator, company: Company, extension: string): User {
	const email = company.extensions.find(({ number }) => number === extension)?.email;
	const user = zoho.users.find((candidate) => candidate.email === email);
	if (!user) throw new Error(`Extension ${extension} has no user in the CRM`);
	return user;
}

/** The agent of the help desk with the e-mail address of an extension. */
export function agentOfExtension(zoho: ZohoSimulator, company: Company, extension: string): Agent {
	const email = company.extensions.find(({ number }) => number === extension)?.email;
	const agent = zoho.desk.agents.find(({ emailId }) => emailId === email);
	if (!agent) throw new Error(`Extension ${extension} has no agent in the help desk`);
	return agent;
}
