package dev.continuo.hardware.kinematics;

/** Solves small symmetric positive definite systems by Cholesky factors, in place. */
final class SymmetricSolver {
    private SymmetricSolver() {
    }

    /**
     * Solves {@code matrix x = vector}.
     *
     * @param matrix size by size, row by row; only the lower triangle is read, and it is overwritten
     * @param vector the right side, overwritten by the solution
     * @return false when the matrix is not positive definite; the vector is then garbage
     */
    static boolean solve(final double[] matrix, final double[] vector, final int size) {
        if (!factor(matrix, size)) {
            return false;
        }
        substitute(matrix, vector, size);
        return true;
    }

    /**
     * Replaces a matrix by its Cholesky factor.
     *
     * @return false when the matrix is not positive definite; it is then garbage
     */
    static boolean factor(final double[] matrix, final int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * size + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i * size + k] * matrix[j * size + k];
                }
                if (i == j) {
                    if (!(sum > 0)) {
                        return false;
                    }
                    matrix[i * size + i] = Math.sqrt(sum);
                } else {
                    matrix[i * size + j] = sum / matrix[j * size + j];
                }
            }
        }
        return true;
    }

    /** The square root of the determinant of the matrix that a factor is of. */
    static double rootOfDeterminant(final double[] factor, final int size) {
        double product = 1;
        for (int i = 0; i < size; i++) {
            product *= factor[i * size + i];
        }
        return product;
    }

    /** Solves with a factor; the vector is overwritten by the solution. */
    static void substitute(final double[] matrix, final double[] vector, final int size) {
        for (int i = 0; i < size; i++) {
            double sum = vector[i];
            for (int k = 0; k < i; k++) {
                sum -= matrix[i * size + k] * vector[k];
            }
            vector[i] = sum / matrix[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            double sum = vector[i];
            for (int k = i + 1; k < size; k++) {
                sum -= matrix[k * size + i] * vector[k];
            }
            vector[i] = sum / matrix[i * size + i];
        }
    }
}
