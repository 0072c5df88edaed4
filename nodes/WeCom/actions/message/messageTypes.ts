import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

/** What a message can be; in the order of the drop-down. */
export const MESSAGE_TYPES = [
	{ name: 'File', value: 'file', description: 'Any file up to 20 MB' },
	{ name: 'Image', value: 'image', description: 'JPG or PNG up to 10 MB' },
	{ name: 'Link', value: 'link', description: 'A card that opens a web page' },
	{ name: 'Location', value: 'location', description: 'A place on the map' },
	{ name: 'Menu', value: 'menu', description: 'Text with items that can be tapped' },
	{ name: 'Mini Program', value: 'miniprogram', description: 'A card that opens it' },
	{ name: 'Text', value: 'text' },
	{ name: 'Video', value: 'video', description: 'MP4 up to 10 MB' },
	{ name: 'Voice', value: 'voice', description: 'AMR up to 60 seconds and 2 MB' },
];

/** Shows properties for some message types only. */
export function shownForMessageTypes(
	types: string[],
	properties: INodeProperties[],
): INodeProperties[] {
	return updateDisplayOptions({ show: { messageType: types } }, properties);
}
