import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { SHORTEST_KEY } from '../links/Link';

export interface SigningKeys {
	/** Signs. */
	key: string;
	/** Any of them may have signed what is checked. */
	accepted: string[];
}

/** The keys of the credential; refuses those that could be guessed. */
export async function signingKeys(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<SigningKeys> {
	const { signingKey, previousSigningKey } = await context.getCredentials('callBridgeLinkApi');
	const problem = whatIsWrongWithKeys(signingKey, previousSigningKey);
	if (problem !== null) {
		throw new NodeOperationError(context.getNode(), problem, {
			description: 'Open the credential CallBridge Link API and correct it.',
			itemIndex,
		});
	}
	const previous = typeof previousSigningKey === 'string' ? previousSigningKey : '';
	return {
		key: String(signingKey),
		accepted: [String(signingKey), previous].filter((key) => key !== ''),
	};
}

/** @returns null if links can be signed with them */
export function whatIsWrongWithKeys(key: unknown, previous: unknown): string | null {
	if (typeof key !== 'string' || key === '') return 'The signing key is missing';
	if (key.length < SHORTEST_KEY) {
		return `The signing key has ${key.length} characters and needs at least ${SHORTEST_KEY}`;
	}
	if (key.trim() !== key) return 'The signing key begins or ends with a blank';
	if (typeof previous === 'string' && previous !== '' && previous.length < SHORTEST_KEY) {
		return `The previous signing key has ${previous.length} characters and needs at least ${SHORTEST_KEY}`;
	}
	return null;
}
