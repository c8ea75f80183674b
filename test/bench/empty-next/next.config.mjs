/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
  // Next is installed wherever the link to node_modules leads.
  turbopack: { root: '/' },
};
