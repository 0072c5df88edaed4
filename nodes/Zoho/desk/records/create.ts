import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { recordBody } from './recordBody';
import { recordDataOf } from './recordData';
import type { RecordKind } from './RecordKind';
import { fieldMapper, writeOptions } from './writeParameters';

/** Creates one record. Desk allows several with the same number or e-mail address. */
export function create({ resource, module }: RecordKind): Operation {
	return {
		description: shownFor(resource, 'create', [fieldMapper, writeOptions()]),
		async execute(context, itemIndex) {
			const client = await zohoDeskClient(context, itemIndex);
			const body = recordBody(await recordDataOf(context, client, module, itemIndex));
			const answer = await client.write({ method: 'POST', path: `/${module}`, body });
			return [{ json: answer.body ?? {} }];
		},
	};
}
