/** All that Vidu's own API offers, the recommended model of each kind first. */
import type { Offer } from '../types';
import { cloneVoice, textToAudio, textToSpeech, timingToAudio } from './audio';
import { referenceToImage } from './image';
import { imageToVideo } from './imageToVideo';
import { createSubject, recommend, updateSubject } from './library';
import { digitalHuman, lipSync, motionSync } from './people';
import { referenceMedia } from './referenceMedia';
import { referenceSubjects } from './referenceSubjects';
import { startEndToVideo } from './startEndToVideo';
import { textToVideo } from './textToVideo';
import { extend, multiFrame, template, templateStory, upscale } from './video';

export const VIDU: Offer = {
	referenceSubjects,
	referenceMedia,
	imageToVideo,
	startEndToVideo,
	textToVideo,
	cloneVoice,
	createSubject,
	digitalHuman,
	extend,
	lipSync,
	motionSync,
	multiFrame,
	recommend,
	referenceToImage,
	template,
	templateStory,
	textToAudio,
	textToSpeech,
	timingToAudio,
	updateSubject,
	upscale,
};
