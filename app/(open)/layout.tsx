import { ReaderDocument } from '../reader-document';

export {
  readerMetadata as generateMetadata,
  readerViewport as generateViewport,
} from '../reader-document';

/** Pages for everybody, as rendered when somebody has a session or asks for something in particular. */
export default ReaderDocument;
