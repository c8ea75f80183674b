import { SignIn } from '@/app/sign-in/sign-in';
import { providerSets } from '@/lib/built-pages';
import { taxModes } from '@/lib/env';
import { locales } from '@/lib/locale';
import { metadata } from '@/lib/reader';

export const generateMetadata = metadata((t) => ({ title: t.signIn.title }));

export function generateStaticParams() {
  return locales.flatMap((language) =>
    [...providerSets.keys()].map((providers) => ({ language, tax: taxModes[0], providers })),
  );
}

export default async function SignInPage({
  params,
}: PageProps<'/built/[language]/[tax]/sign-in/[providers]'>) {
  return <SignIn providers={providerSets.get((await params).providers) ?? []} />;
}
