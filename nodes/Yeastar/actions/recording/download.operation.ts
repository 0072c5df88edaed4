import { type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { binaryOf, outputFileField } from '../soundFile';
import { downloadRecording } from './downloadRecording';

const DEFAULT_PATIENCE_SECONDS = 30;

export const download: Operation = {
	description: updateDisplayOptions(
		{ show: { resource: ['recording'], operation: ['download'] } },
		[
			{
				displayName: 'Recording By',
				name: 'recordingBy',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'File Name', value: 'file', description: 'As a call or a call record names it' },
					{
						name: 'ID',
						value: 'id',
						description: 'As the list of recordings of the PBX numbers it',
					},
				],
				default: 'file',
			},
			{
				displayName: 'File Name',
				name: 'file',
				type: 'string',
				default: '={{ $json.recording?.file }}',
				required: true,
				placeholder: 'e.g. 20260302101532-1772435720.42-0700111222-1102-Inbound.wav',
				displayOptions: { show: { recordingBy: ['file'] } },
			},
			{
				displayName: 'Recording ID',
				name: 'recordingId',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. 905',
				displayOptions: { show: { recordingBy: ['id'] } },
			},
			outputFileField,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Wait for File (Seconds)',
						name: 'patienceSeconds',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 600 },
						default: DEFAULT_PATIENCE_SECONDS,
						description:
							'How long to wait for the PBX to write the file, which it does some seconds after the call',
					},
				],
			},
		],
	),

	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const byFile = context.getNodeParameter('recordingBy', itemIndex) === 'file';
		const name = String(context.getNodeParameter(byFile ? 'file' : 'recordingId', itemIndex) ?? '');
		// A call without a recording goes on without a file.
		if (name.trim() === '') return [{ json: { ...json, file: null }, binary }];
		const { patienceSeconds = DEFAULT_PATIENCE_SECONDS } = context.getNodeParameter(
			'options',
			itemIndex,
		) as IDataObject;
		const file = await downloadRecording(
			await yeastarPbx(context, itemIndex),
			byFile ? { file: name.trim() } : { id: name.trim() },
			Number(patienceSeconds) * 1_000,
		);
		const { fileName, mimeType, bytes } = file;
		return [
			{
				json: { ...json, file: fileName, mimeType, sizeBytes: bytes.length },
				binary: { ...binary, ...(await binaryOf(context, itemIndex, file)) },
			},
		];
	},
};
