import asset from './asset.json';
import attachment from './attachment.json';
import words from './catalogue.json';
import client from './client.json';
import common from './common.json';
import document from './document.json';
import imports from './import.json';
import lifecycle from './lifecycle.json';
import money from './money.json';
import scan from './scan.json';
import settings from './settings.json';
import software from './software.json';
import user from './user.json';

/** The texts that the code names one by one. */
export const texts = { ...common, ...user, ...client, ...asset, ...attachment, ...scan, ...lifecycle, ...document, ...money, ...settings, ...software, ...imports };

/** The texts and the words for the API's codes. */
export const fr = { ...texts, ...words };
