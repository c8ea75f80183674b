/** Of the picture that stands for the app where somebody links to it, in pixels. */
export const previewSize = { width: 1200, height: 630 };
