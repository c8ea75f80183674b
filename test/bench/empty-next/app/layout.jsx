/** The least that Next needs. JavaScript, so that its build writes no TypeScript configuration. */
export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
