/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // A second build beside a running one (the tests', say) gives its own folder.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  devIndicators: false,
};
