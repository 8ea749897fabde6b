/** The part of jStat that is used; the package brings no types. */
declare module 'jstat' {
  interface StudentT {
    cdf(x: number, degrees: number): number;
    inv(p: number, degrees: number): number;
  }
  interface Binomial {
    cdf(k: number, n: number, p: number): number;
  }
  interface ChiSquare {
    inv(p: number, degrees: number): number;
  }
  const library: {
    readonly jStat: { readonly studentt: StudentT; readonly binomial: Binomial; readonly chisquare: ChiSquare };
  };
  export default library;
}
