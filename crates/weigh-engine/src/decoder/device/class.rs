//! In which type a device holds weights and multiplies, found out by trying.

use candle_core::{DType, Device, Result, Tensor};

use crate::options::Compute;

/// The type of the factors of a matrix product. Sums are in single precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class(DType);

impl Class {
    /// The reference.
    pub const F32: Self = Self(DType::F32);

    /// For a device without bfloat16.
    pub const F16: Self = Self(DType::F16);

    /// How `device` computes `compute`: the first way that gives a right product there. `None`
    /// when there is none.
    pub fn find(compute: Compute, device: &Device) -> Option<Self> {
        let ways: &[Self] = match compute {
            Compute::F32 => &[Self::F32],
            Compute::Bf16 => &[Self(DType::BF16), Self::F16],
            Compute::Stored => &[],
        };
        let mut ways = ways.iter().copied();
        ways.find(|class| class.works(device).unwrap_or(false))
    }

    /// Its name in the evidence.
    pub fn name(self) -> &'static str {
        self.0.as_str()
    }

    /// Values in single precision as weights of this class.
    pub fn hold(self, values: &Tensor) -> Result<Tensor> {
        values.to_dtype(self.0)
    }

    /// `rows * weight^T` of rows in single precision, rounded to this class, in single precision.
    pub fn product(self, rows: &Tensor, weight: &Tensor) -> Result<Tensor> {
        let product = rows.to_dtype(self.0)?.matmul(&weight.t()?)?;
        product.to_dtype(DType::F32)
    }

    /// The same factors, multiplied in single precision: the result is not rounded.
    pub fn exact_product(self, rows: &Tensor, weight: &Tensor) -> Result<Tensor> {
        let rows = rows.to_dtype(self.0)?.to_dtype(DType::F32)?;
        rows.matmul(&weight.to_dtype(DType::F32)?.t()?)
    }

    fn works(self, device: &Device) -> Result<bool> {
        let x = Tensor::new(&[[1_f32, 2.0], [3.0, 4.0]], device)?;
        let product = self.product(&x, &self.hold(&x)?)?.to_vec2::<f32>()?;
        Ok(product == [[5.0, 11.0], [11.0, 25.0]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_on_the_cpu() {
        let find = |compute| Class::find(compute, &Device::Cpu);
        assert_eq!(find(Compute::F32), Some(Class::F32));
        assert_eq!(find(Compute::Bf16), Some(Class(DType::BF16)));
        assert_eq!(find(Compute::Stored), None);
    }

    /// The spacing of numbers above 1 is 2^-7 in bfloat16 and 2^-10 in half precision.
    #[test]
    fn factors_are_rounded_and_exact_products_are_not() {
        let row = |values: [f32; 2]| Tensor::new(&[values], &Device::Cpu).unwrap();
        let unit = |power: i32| 2_f32.powi(power);
        let x = row([1.0 + unit(-9), 1.0 + unit(-7)]);
        let y = row([1.0, unit(-9)]);
        let number = |tensor: Result<Tensor>| tensor.unwrap().to_vec2::<f32>().unwrap()[0][0];
        let check = |class: Class, product: f32, exact: f32| {
            let y = class.hold(&y).unwrap();
            assert_eq!(number(class.product(&x, &y)), product, "{class:?}");
            assert_eq!(number(class.exact_product(&x, &y)), exact, "{class:?}");
        };
        let all = 1.0 + unit(-9) + unit(-9) + unit(-16);
        check(Class::F32, all, all);
        check(Class::F16, 1.0 + unit(-8), all);
        check(Class(DType::BF16), 1.0, 1.0 + unit(-9) + unit(-16));
    }
}
