import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { searchPhonebooks } from './listSearch';

/** All phonebooks, for fields that take several. */
export async function getPhonebooks(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await searchPhonebooks.call(this)).results.map(({ name, value }) => ({ name, value }));
}
