import type { INodePropertyOptions } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { fieldsOf } from '../metadata/fields';

/** What a call was about, as the organisation calls it. */
export const getCallPurposes = forEditor(async (context) =>
	optionsOf(await fieldsOf(await zohoCrmClient(context), 'Calls'), 'Call_Purpose'),
);

/** What came of a call, as the organisation calls it. */
export const getCallResults = forEditor(async (context) =>
	optionsOf(await fieldsOf(await zohoCrmClient(context), 'Calls'), 'Call_Result'),
);

function optionsOf(
	fields: Awaited<ReturnType<typeof fieldsOf>>,
	fieldName: string,
): INodePropertyOptions[] {
	const values = fields.find(({ api_name }) => api_name === fieldName)?.pick_list_values ?? [];
	return values.map(({ display_value, actual_value }) => ({
		name: display_value,
		value: actual_value,
	}));
}
