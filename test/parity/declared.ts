import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A member of a class, as the driver's declarations have it. */
export interface Member {
  readonly name: string;
  readonly isStatic: boolean;
  /** It returns a promise. */
  readonly isAsync: boolean;
  /** The driver's classes that it gives: returned, promised or in an array, or as a property. */
  readonly gives: readonly string[];
}

export interface DeclaredClass {
  readonly name: string;
  readonly isAbstract: boolean;
  /** Own and inherited members, as far as the driver declares them: public ones. */
  readonly members: readonly Member[];
}

const DECLARATIONS = join(dirname(require.resolve('mongodb/package.json')), 'mongodb.d.ts');

/** Every class that the driver exports, read from its declarations. */
export function declaredClasses(): DeclaredClass[] {
  const options = { skipLibCheck: true, target: ts.ScriptTarget.ES2022, types: ['node'] };
  const program = ts.createProgram([DECLARATIONS], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(DECLARATIONS)!)!;
  return checker
    .getExportsOfModule(module)
    .map(exported => (exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported))
    .filter(({ flags, valueDeclaration }) => flags & ts.SymbolFlags.Class && isTheDrivers(valueDeclaration))
    .map(symbol => new ClassReader(checker, symbol).read());
}

function isTheDrivers(declaration: ts.Declaration | undefined): boolean {
  return declaration?.getSourceFile().fileName === DECLARATIONS;
}

class ClassReader {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly symbol: ts.Symbol
  ) {}

  read(): DeclaredClass {
    const declaration = this.symbol.valueDeclaration as ts.ClassDeclaration;
    const instance = this.checker.getDeclaredTypeOfSymbol(this.symbol);
    const statics = this.checker.getTypeOfSymbol(this.symbol);
    return {
      name: this.symbol.name,
      isAbstract: (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract) !== 0,
      members: [...this.members(instance, false), ...this.members(statics, true)]
    };
  }

  private members(type: ts.Type, isStatic: boolean): Member[] {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    return this.checker
      .getPropertiesOfType(type)
      .filter(({ valueDeclaration: declaration, name }) => {
        if (!declaration || !isTheDrivers(declaration) || name === 'prototype') return false;
        return (ts.getCombinedModifierFlags(declaration) & hidden) === 0;
      })
      .map(property => this.member(property, isStatic));
  }

  private member(property: ts.Symbol, isStatic: boolean): Member {
    const type = this.checker.getTypeOfSymbol(property);
    const returned = type.getCallSignatures().map(signature => signature.getReturnType());
    const isAsync = returned.some(result => this.promised(result) !== undefined);
    const gives = (returned.length > 0 ? returned : [type]).flatMap(result => this.classesIn(result));
    return { name: nameOf(property), isStatic, isAsync, gives: [...new Set(gives)] };
  }

  private promised(type: ts.Type): ts.Type | undefined {
    if (type.symbol?.name !== 'Promise') return undefined;
    return this.checker.getTypeArguments(type as ts.TypeReference)[0];
  }

  private classesIn(type: ts.Type): string[] {
    const promised = this.promised(type);
    if (promised) return this.classesIn(promised);
    if (type.isUnion()) return type.types.flatMap(part => this.classesIn(part));
    if (this.checker.isArrayType(type)) {
      return this.checker.getTypeArguments(type as ts.TypeReference).flatMap(part => this.classesIn(part));
    }
    const isClass = (type.symbol?.flags ?? 0) & ts.SymbolFlags.Class;
    return isClass && isTheDrivers(type.symbol.valueDeclaration) ? [type.symbol.name] : [];
  }
}

/** `Symbol.asyncDispose` is declared under a name of the compiler's own. */
function nameOf({ name }: ts.Symbol): string {
  const [, known] = /^__@(\w+)/.exec(name) ?? [];
  return known ? `Symbol.${known}` : name;
}
